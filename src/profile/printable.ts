import { stripVTControlCharacters } from 'node:util';

// Control characters, and those that reorder what is read (Unicode bidi controls): both let a file written by a
// stranger draw something else on the terminal than what it says.
// eslint-disable-next-line no-control-regex -- these are exactly what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Whether `text` can be shown as it stands: no control or reordering characters, no broken surrogates. */
export function isPrintable(text: string): boolean {
  return text.isWellFormed() && text.search(unsafe) === -1;
}

/**
 * Makes any text safe for one line of a terminal: escape sequences and control characters are taken out, line
 * breaks become spaces, and what is longer than `longest` characters ends in `…`.
 */
export function printable(text: string, longest = 60): string {
  const oneLine = stripVTControlCharacters(text).replace(/\s+/gu, ' ').replace(unsafe, '').toWellFormed();
  const characters = Array.from(oneLine);
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : oneLine;
}
