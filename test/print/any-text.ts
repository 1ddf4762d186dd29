import fc from 'fast-check';

/** Texts as the cloud, files and people give them: plain, wide, joined, marked, and meant to be obeyed. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('\u001b[2J', '\u0011\u20e3', '\u200d', '👩‍👩‍👧', '日本', '🇩🇪', 'e\u0301', '\r\n', '\u202e'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
