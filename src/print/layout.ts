/** A line's margin: two columns, everywhere. */
export const margin = '  ';

/**
 * Breaks a text into lines of at most `width` characters, at spaces; a word that is longer stands alone and whole,
 * because names must stay copyable.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A label in a column of its own, and a text beside it, wrapped under itself. Narrow: the text goes below. */
export function labelled(label: string, text: string, labelWidth: number, width: number): string[] {
  const room = width - margin.length - labelWidth;
  const [first = '', ...rest] = wrap(text, Math.max(room, 20));
  const indent = margin + ' '.repeat(labelWidth);
  return [`${margin}${label.padEnd(labelWidth)}${first}`.trimEnd(), ...rest.map((line) => indent + line)];
}

/** Milliseconds as people say them: "0.4 s", "41 s", "2 min 5 s". */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
