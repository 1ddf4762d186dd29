import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascii, unicode } from '../../components/theme.ts';
import { textLine } from '../../components/widgets/text-line.ts';
import { clustersOf, newText, reduceText, type TextVerb } from '../../components/widgets/text-state.ts';
import { printable } from '../../src/print/printable.ts';
import { widthOf } from '../../src/print/width.ts';
import { anyText } from '../print/any-text.ts';

const after = (text: string, ...verbs: TextVerb[]) => verbs.reduce(reduceText, newText(text));
const insert = (text: string): TextVerb => ({ type: 'insert', text });

test('what is typed stands where the cursor is', () => {
  expect(after('acme', { type: 'left' }, insert('-'))).toEqual({ text: 'acm-e', cursor: 4 });
  expect(after('acme', { type: 'home' }, insert('my-'))).toEqual({ text: 'my-acme', cursor: 3 });
});

test('characters are erased as people count them', () => {
  expect(after('a👩‍👩‍👧', { type: 'backspace' }).text).toBe('a');
  expect(after('e\u0301x', { type: 'home' }, { type: 'delete' }).text).toBe('x');
  expect(after('acme', { type: 'home' }, { type: 'backspace' }).text).toBe('acme');
});

test('words end at what is no letter', () => {
  expect(after('acme-video-prod', { type: 'erase-word' }).text).toBe('acme-video-');
  expect(after('acme-video-', { type: 'erase-word' }).text).toBe('acme-');
  expect(after('acme video', { type: 'left' }, { type: 'erase-before' })).toEqual({ text: 'o', cursor: 0 });
});

test('a line is never wider than it may be, and always has its cursor, whatever is typed', () => {
  const verbs: fc.Arbitrary<TextVerb> = fc.oneof(
    anyText.map(insert),
    fc.constantFrom<TextVerb>(
      { type: 'left' },
      { type: 'right' },
      { type: 'home' },
      { type: 'backspace' },
      { type: 'delete' },
    ),
  );
  fc.assert(
    fc.property(
      anyText,
      fc.array(verbs),
      fc.integer({ min: 12, max: 60 }),
      fc.constantFrom(unicode, ascii),
      (text, pressed, width, marks) => {
        const state = after(text, ...pressed);
        expect(state.cursor).toBeGreaterThanOrEqual(0);
        expect(state.cursor).toBeLessThanOrEqual(clustersOf(state.text).length);
        const line = textLine(state, width, marks);
        const drawn = line.map((span) => span.text).join('');
        expect(widthOf(drawn)).toBeLessThanOrEqual(width);
        expect(printable(drawn)).toBe(drawn);
        expect(line[1]?.text).toBe(marks.cursor);
      },
    ),
  );
});
