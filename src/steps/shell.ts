/** A word for a POSIX shell, quoted only where it must be: for commands that people read and copy. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line out of words, each quoted where it must be. */
export function commandLine(...words: string[]): string {
  return words.map(quoted).join(' ');
}
