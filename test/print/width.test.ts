import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginning, cut, padded, widthOf } from '../../src/print/width.ts';
import { anyText } from './any-text.ts';

describe('the width of a text', () => {
  test.each([
    ['', 0],
    ['storage.buckets.get', 19],
    ['größe', 5],
    ['e\u0301', 1],
    ['日本語', 6],
    ['ﾊﾝｶｸ', 4],
    ['한국', 4],
    ['🎬 acme', 7],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['1️⃣', 2],
    ['❤️', 2],
    ['✓●○~✗→…', 7],
  ])('%j is %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test('a character that a terminal would obey is as wide as its escape', () => {
    expect(widthOf('\u001b[2J')).toBe(String.raw`\u001b[2J`.length);
  });
});

describe('cutting', () => {
  test('leaves what fits as it is', () => {
    expect(cut('日本語', 6, '…')).toBe('日本語');
  });

  test('says that something is gone, and halves no character', () => {
    expect(cut('日本語', 5, '…')).toBe('日本…');
    expect(cut('日本語', 4, '…')).toBe('日…');
    expect(cut('a👩‍👩‍👧b', 3, '…')).toBe('a…');
    expect(cut('run services', 6, '...')).toBe('run...');
    expect(cut('run services', 2, '...')).toBe('..');
    expect(cut('run', 0, '…')).toBe('');
  });

  test('is never wider than asked, whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.nat(30), fc.constantFrom('…', '...'), (text, width, ellipsis) => {
        const short = cut(text, width, ellipsis);
        expect(widthOf(short)).toBeLessThanOrEqual(width);
        if (short !== text && width >= 3) expect(short.endsWith(ellipsis)).toBe(true);
        expect(text.startsWith(beginning(text, width))).toBe(true);
      }),
    );
  });
});

test('padding counts columns, not characters', () => {
  expect(padded('日本', 6)).toBe('日本  ');
  expect(padded('too long', 3)).toBe('too long');
});

test('a width is the same however much was measured in between', () => {
  const widths = () => ['日本', 'é', '👩‍👩‍👧 studio', '\u202e日'].map(widthOf);
  const before = widths();
  for (let at = 0; at < 6000; at++) expect(widthOf(`日${at}`)).toBe(2 + String(at).length);
  expect(widths()).toEqual(before);
});
