import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeEnv } from '../../src/handoff/env-merge.ts';
import { readEnv } from '../../src/handoff/env-read.ts';
import { removeEnv } from '../../src/handoff/env-remove.ts';
import { anyMess, anyValues, names, pem, saneFile } from './any-env.ts';
import { read } from './readers.ts';

test('takes out the lines of the variables, and keeps every other byte', () => {
  fc.assert(
    fc.property(saneFile, (pieces) => {
      const text = pieces.map((piece) => piece.text).join('');
      const others = pieces.map((piece) => (piece.name === undefined ? piece.text : '')).join('');
      expect(removeEnv(text, names)).toMatchObject({ kind: 'removed', text: others });
    }),
  );
});

test('takes out what a merge has put in', () => {
  fc.assert(
    fc.property(saneFile, (pieces) => {
      const text = pieces.map((piece) => (piece.name === undefined ? piece.text : '')).join('');
      const merge = mergeEnv(text, { KEY: pem, A: 'a', B_2: "it's" });
      if (merge.kind === 'refused') throw new Error(merge.trouble.what);
      const removal = removeEnv(merge.text, names);
      expect(removal).toMatchObject({ kind: 'removed', removed: names });
      const left = removal.kind === 'removed' ? removal.text : '';
      // The line end and the blank line that the merge added stay.
      expect(left.slice(0, text.length)).toBe(text);
      expect(left.slice(text.length)).toMatch(/^\n{0,2}$/u);
    }),
  );
});

test('of any file is refused, or leaves the others to dotenv and Node as they were', () => {
  let refused = 0;
  fc.assert(
    fc.property(anyMess, anyValues, (text, put) => {
      const merge = mergeEnv(text, put);
      const from = merge.kind === 'merged' ? merge.text : text;
      const removal = removeEnv(from, names);
      if (removal.kind === 'refused') {
        refused++;
        expect(removal.trouble.next).not.toBe('');
        return;
      }
      for (const name of names) expect(readEnv(removal.text, name)).toEqual({ kind: 'absent' });
      for (const reader of [read.dotenv, read.node])
        for (const [name, value] of reader(from))
          if (/^[\w.-]+$/u.test(name) && !names.some((each) => each === name))
            expect(reader(removal.text).get(name)).toBe(value);
    }),
    { numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(300);
});

test('works for Docker, where each line is on its own', () => {
  const text = `A=1\r\n# B_2=2\nB_2=2\nKEY=-----BEGIN\\n\n\nA=last`;
  expect(removeEnv(text, ['A', 'KEY'], 'docker')).toEqual({
    kind: 'removed',
    text: '# B_2=2\nB_2=2\n\n',
    removed: ['A', 'KEY'],
  });
});

test('is refused where a quote is left open, with the line', () => {
  expect(removeEnv("X='1\nKEY=2\n", ['KEY'])).toMatchObject({ kind: 'refused', trouble: { line: 1 } });
});
