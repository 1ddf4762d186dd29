/** A value that only the shell knows when it runs: `"$number"`. The name is ours, never a person's. */
export interface Variable {
  readonly variable: string;
}

/** A word of a command: text, or text with variables in it. */
export type Word = string | readonly (string | Variable)[];

/** A word for a POSIX shell, quoted only where it must be: for commands that people read and copy. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A word as the shell takes it, its variables in double quotes. */
export function shellWord(word: Word): string {
  const parts = typeof word === 'string' ? [word] : word;
  let text = '';
  const done: string[] = [];
  for (const part of parts)
    if (typeof part === 'string') text += part;
    else {
      if (text !== '') done.push(quoted(text));
      done.push(`"$${part.variable}"`);
      text = '';
    }
  return [...done, ...(text !== '' || done.length === 0 ? [quoted(text)] : [])].join('');
}

/** A command line out of words, each quoted where it must be. */
export function commandLine(...words: Word[]): string {
  return words.map(shellWord).join(' ');
}
