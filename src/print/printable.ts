// Control and format characters: terminal escapes (also the one-byte C1 ones), line breaks, bidirectional overrides.
// Joiners stay: scripts and emoji are written with them, and nothing moves for them.
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const joiners = new Set(['\u200c', '\u200d']);

/**
 * One line of text as a terminal may be given it: whatever a server, a file or an argument put into it, each character
 * that a terminal would obey instead of showing stands there as its `\uXXXX`. In JSON that means the same text.
 */
export function printable(line: string): string {
  return line.replaceAll(obeyed, (character) =>
    joiners.has(character)
      ? character
      : Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  );
}

/** Lines of text as they are written: each printable and ended. */
export function printed(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function escaped(unit: number): string {
  return String.raw`\u${unit.toString(16).padStart(4, '0')}`;
}
