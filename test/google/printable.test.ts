import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/google/printable.ts';

test('no control or format character is left, whatever came', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    }),
  );
});

test('terminal escapes and text direction overrides lose their effect', () => {
  expect(printable('a\x1b[31mred\x1b[0m\nb\u202Ec')).toBe('a [31mred [0m b c');
});

test('what is longer than the limit is cut and says so', () => {
  expect(printable('x'.repeat(50), [], 10)).toBe('xxxxxxxxxx…');
});

test.each([
  ['an access token of Google', 'Bearer ya29.a0AfH6SMBx-y_z.more', 'Bearer [redacted]'],
  ['a signed JWT', 'got eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln here', 'got [redacted] here'],
  ['a private key', 'x -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- y', 'x [redacted] y'],
  ['a private key that was cut', 'x -----BEGIN PRIVATE KEY-----\\nMIIEvQ', 'x [redacted]'],
])('%s is taken out', (_, text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('the secret that was sent is taken out even where it looks like nothing', () => {
  expect(printable('no user hunter2!', ['hunter2'])).toBe('no user [redacted]!');
  // As a form has sent it.
  expect(printable('token=1%2F%2Fhunter&x', ['1//hunter'])).toBe('token=[redacted]&x');
});
