import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, printed } from '../../src/print/printable.ts';

/** Any text, with what terminals obey more often than chance would bring it. */
const hostile = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u001b[2J', '\u009b31m', '\r\n', '\u202e', '\u0007', '\u{e0041}', '\ud800', '\u2028'),
  ),
);

test('nothing that a terminal obeys is left, whatever the text', () => {
  fc.assert(
    fc.property(hostile, (pieces) => {
      expect(printable(pieces.join(''))).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('JSON that was made printable says the same as before', () => {
  fc.assert(
    fc.property(hostile, (pieces) => {
      const text = pieces.join('');
      expect(JSON.parse(printable(JSON.stringify(text)))).toBe(text);
    }),
  );
});

test('text that is only text stays as it is', () => {
  for (const text of ['ü → “acme” ✓ 日本', '👩‍👩‍👧', 'می‌خواهم', 'C:\\u001b']) expect(printable(text)).toBe(text);
});

test('a line break in a line does not end it', () => {
  expect(printed(['a\nb', 'c'])).toBe('a\\u000ab\nc\n');
});
