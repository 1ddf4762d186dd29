import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeEnv } from '../../src/handoff/env-merge.ts';
import { readEnv } from '../../src/handoff/env-read.ts';
import { anyMess, anyValues, names, pem, saneFile } from './any-env.ts';
import { read, sourced } from './readers.ts';

const values = { KEY: pem, A: 'sa@team-1.iam.gserviceaccount.com', B_2: 'team-1' };
const ours: readonly string[] = names;

/** Merges, and fails if that is refused. */
function merged(text: string, put: Readonly<Record<string, string>> = values, format?: 'docker') {
  const merge = mergeEnv(text, put, format);
  if (merge.kind === 'refused') throw new Error(`${JSON.stringify(text)}: ${merge.trouble.what}`);
  return merge;
}

describe('a merge', () => {
  test('puts each variable where it stood last or at the end, and leaves every other byte', () => {
    fc.assert(
      fc.property(saneFile, (pieces) => {
        const { text } = merged(pieces.map((piece) => piece.text).join(''));
        const others = pieces.map((piece) => (piece.name === undefined ? piece.text : '')).join('');
        const rest = names.reduce(
          (left, name) =>
            left.replace(
              new RegExp(
                `^[ \\t]*(?:export )?${name}='${values[name].replaceAll('+', '\\+')}'(?: # a note of theirs)?(?:\\r?\\n|$)`,
                'mu',
              ),
              '',
            ),
          text,
        );
        // A line end that was missing, and the blank line above new ones.
        expect(rest.slice(0, others.length)).toBe(others);
        expect(rest.slice(others.length)).toMatch(/^\n{0,2}$/u);
        const order = (of: string) =>
          [...of.matchAll(/^[ \t]*(?:export )?(KEY|A|B_2)=/gmu)].map(([, n]) => n);
        const last = order(pieces.map((piece) => (piece.name === undefined ? '' : piece.text)).join(''))
          .reverse()
          .filter((name, at, all) => all.indexOf(name) === at)
          .reverse();
        expect(order(text)).toEqual([...last, ...names.filter((name) => !last.includes(name))]);
      }),
    );
  });

  test('changes nothing the second time, and is read back', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          saneFile.map((all) => all.map(({ text }) => text).join('')),
          anyMess,
        ),
        anyValues,
        (text, put) => {
          const first = mergeEnv(text, put);
          if (first.kind === 'refused') return;
          expect(mergeEnv(first.text, put)).toEqual({ ...first, changed: false, added: [], replaced: [] });
          for (const [name, value] of Object.entries(put))
            expect(readEnv(first.text, name)).toEqual({ kind: 'value', value });
        },
      ),
    );
  });

  test('of any file and any values is refused with a next step, or read by dotenv and Node as it should be', () => {
    let refused = 0;
    fc.assert(
      fc.property(anyMess, anyValues, (text, put) => {
        const merge = mergeEnv(text, put);
        if (merge.kind === 'refused') {
          refused++;
          expect(merge.trouble.next).not.toBe('');
          return;
        }
        for (const reader of [read.dotenv, read.node]) {
          const after = reader(merge.text);
          for (const [name, value] of Object.entries(put)) expect(after.get(name)).toBe(value);
          for (const [name, value] of reader(text))
            if (/^[\w.-]+$/u.test(name) && !Object.hasOwn(put, name)) expect(after.get(name)).toBe(value);
        }
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(300);
  });

  test.each(['bash', 'sh'] as const)(
    'is read by %s as it should be, unless a note says that it may stop',
    async (shell) => {
      const merges = fc
        .sample(
          fc.tuple(
            fc.oneof(
              anyMess,
              saneFile.map((all) => all.map(({ text }) => text).join('')),
            ),
            anyValues,
          ),
          {
            numRuns: 300,
            seed: 11,
          },
        )
        .filter(([text]) => !/\$[({]|[`~:]/u.test(text))
        .map(([text, put]) => ({ put, merge: mergeEnv(text, put) }))
        .flatMap(({ put, merge }) =>
          merge.kind === 'merged' && merge.notes.length === 0 ? [{ put, text: merge.text }] : [],
        );
      expect(merges.length).toBeGreaterThan(50);
      const real = await sourced(
        shell,
        merges.map(({ text }) => text),
        ours,
      );
      for (const [at, { put, text }] of merges.entries())
        for (const [name, value] of Object.entries(put))
          expect(real[at]?.get(name), JSON.stringify(text)).toBe(value);
    },
  );

  test.each([
    ['an empty file', '', `KEY='${pem}'\n`],
    ['a file without a last line end', 'X=1', `X=1\n\nKEY='${pem}'\n`],
    ['a file that ends in a blank line', 'X=1\r\n\r\n', `X=1\r\n\r\nKEY='${pem}'\n`],
    [
      'indentation, export and a comment',
      '  export KEY=a # mine\r\nX=1\r\n',
      `  export KEY='${pem}' # mine\r\nX=1\r\n`,
    ],
    ['the last of several', "KEY='a\nb'\nX=1\nKEY: c\nKEY = d\nY=2", `X=1\nKEY='${pem}'\nY=2`],
    ['a byte order mark', '\uFEFFKEY=a\nX=1\n', `\uFEFF\nKEY='${pem}'\nX=1\n`],
    [
      'names that only look alike',
      'KEY_2=a\n# KEY=b\nMY_KEY=c\n',
      `KEY_2=a\n# KEY=b\nMY_KEY=c\n\nKEY='${pem}'\n`,
    ],
    ['what a shell would add to', 'KEY+=a\n', `KEY='${pem}'\n`],
  ])('with %s', (_, text, expected) => {
    expect(merged(text, { KEY: pem }).text).toBe(expected);
  });

  test.each([
    ['an apostrophe in a value without quotes', "X=1\nY=it's\n", 2, 'unclosed'],
    ['a quote that is not closed', 'X=1\n\nKEY="-----BEGIN\nabc\n', 3, 'unclosed'],
    ['a backslash at the end', 'X=1\r\nY=C:\\temp\\', 2, 'unclosed'],
    ['a blank behind an empty value, where Node looks further down', 'X=1\nY= \n', 2, 'unclear'],
    ['two on one line', 'X=1\nexport Y=1 KEY=2\n', 2, 'unclear'],
    ['a variable inside the value of another, for one reader only', 'X="a\\"b\nKEY=1\n"\n', 1, 'unclear'],
    ['a NUL', 'X=1\nY=\0\n', 2, 'not-text'],
  ])('is refused for %s, and names the line', (_, text, line, kind) => {
    expect(mergeEnv(text, { KEY: pem })).toMatchObject({
      kind: 'refused',
      trouble: { kind, line, what: expect.stringContaining(`line ${line} `) },
    });
  });

  test.each([
    ['both quotes', `'"`],
    ['a quote and a dollar', "'$x"],
    ['a backslash at its end', 'a\\'],
    ['a carriage return', 'a\r\nb'],
    ['half a character', '\uD800'],
  ])('refuses a value with %s, and does not show it', (_, value) => {
    const merge = mergeEnv('', { KEY: `secret${value}` });
    expect(merge).toMatchObject({ kind: 'refused', trouble: { kind: 'value' } });
    expect(JSON.stringify(merge)).not.toContain('secret');
  });

  test('refuses a name that no shell would take', () => {
    expect(mergeEnv('', { 'KEY;ls': 'x' })).toMatchObject({ kind: 'refused', trouble: { kind: 'name' } });
  });

  test('tells of the first line at which a shell may give the file up', () => {
    expect(merged('X=1\nGREETING=Hello (world)\n').notes).toMatchObject([{ kind: 'odd-line', line: 2 }]);
  });
});

describe('for Docker', () => {
  const oneLine = pem.replaceAll('\n', '\\n');

  test('values stand without quotes on one line, and a note says how to get the line breaks back', () => {
    const { text, notes } = merged('# c\r\nexport KEY="a"\r\nX=\'1\' # not a comment\r\n', values, 'docker');
    expect(text).toBe(`# c\r\nKEY=${oneLine}\nX='1' # not a comment\r\n\nA=${values.A}\nB_2=team-1\n`);
    expect(notes).toMatchObject([{ kind: 'line-breaks', names: ['KEY'] }]);
    expect(notes[0]?.text).toContain("key.replace(/\\\\n/g, '\\n')");
    expect(readEnv(text, 'KEY', 'docker')).toEqual({ kind: 'value', value: oneLine });
    expect(merged(text, values, 'docker').changed).toBe(false);
  });

  test('a key that was written for others is replaced whole, and the other way round', () => {
    const forOthers = merged('X=1\n').text;
    const forDocker = merged(forOthers, values, 'docker').text;
    expect(forDocker).toBe(`X=1\n\nKEY=${oneLine}\nA=${values.A}\nB_2=team-1\n`);
    expect(merged(forDocker).text).toBe(forOthers);
  });

  test('a line for which Docker refuses the file is told, and one that it could not tell apart is refused', () => {
    expect(merged('export X=1\n', { KEY: 'a' }, 'docker').notes).toMatchObject([
      { kind: 'odd-line', line: 1 },
    ]);
    expect(mergeEnv('', { KEY: 'a\n\\n' }, 'docker')).toMatchObject({ trouble: { kind: 'value' } });
    expect(mergeEnv('', { KEY: 'a'.repeat(65_536) }, 'docker')).toMatchObject({ trouble: { kind: 'value' } });
  });
});

test('a variable is read back as absent, or as what each reader makes of it', () => {
  expect(readEnv('X=1\n# KEY=2\n', 'KEY')).toEqual({ kind: 'absent' });
  expect(readEnv("KEY=1\nKEY='2'\n", 'KEY')).toEqual({ kind: 'value', value: '2' });
  // As installers of others write it: a shell leaves the "\n" as it is.
  expect(readEnv('KEY="a\\nb"\n', 'KEY')).toEqual({
    kind: 'split',
    dotenv: 'a\nb',
    node: 'a\nb',
    shell: 'a\\nb',
  });
  expect(readEnv('KEY = 1\n', 'KEY')).toEqual({ kind: 'split', dotenv: '1', node: '1', shell: undefined });
});
