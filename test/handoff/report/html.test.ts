import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitted } from '../../../src/handoff/report/fit-text.ts';
import { html, plain } from '../../../src/handoff/report/html.ts';

const signs: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#96': '`',
};
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '</style><script>',
    '" onload="x',
    "' x='",
    '&lt;',
    '\u202eabc',
    '<!--',
    ']]>',
    '\u0000',
    '\ud800',
  ),
);

test('whatever a value holds, it is text: it ends neither a quoted attribute nor an element, and reads as it was', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const { text } = html`<p title="${value}">${[value, html`<b>${value}</b>`]}</p>`;
      const [, title = '', first = '', second = ''] =
        /^<p title="([^"<>]*)">([^"<>]*)<b>([^"<>]*)<\/b><\/p>$/u.exec(text) ?? ['', '!', '!', '!'];
      const read = (escaped: string) =>
        escaped.replaceAll(/&([^;]+);/gu, (_, name: string) => signs[name] ?? '?');
      expect([title, first, second].map(read)).toEqual([plain(value), plain(value), plain(value)]);
    }),
    { numRuns: 300 },
  );
});

test('nothing that turns a line around or hides in it is left in a text', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      expect(plain(value).replaceAll(/[\u200c\u200d]/gu, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 200 },
  );
  expect(plain('a\u202eb\nc')).toBe(String.raw`a\u{202e}b c`);
});

test('a text that is fitted loses nothing unless it is told so, and breaks names behind their signs', () => {
  expect(fitted('remotion-sa@acme-video.iam.gserviceaccount.com', 170, 13, 4)).toEqual([
    'remotion-sa@acme-',
    'video.iam.',
    'gserviceaccount.com',
  ]);
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 40, max: 300 }), (text, width) => {
      const lines = fitted(plain(text), width, 13, 100);
      expect(lines.join('').replaceAll(/\s/gu, '')).toBe(plain(text).replaceAll(/\s/gu, ''));
      expect(fitted(plain(text), width, 13, 2).length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 200 },
  );
  expect(fitted('a word and many more words than there is room for', 60, 13, 2).at(-1)).toMatch(/…$/u);
});
