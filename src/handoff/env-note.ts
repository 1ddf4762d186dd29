import type { Reading } from './assignment.ts';
import type { EnvFormat } from './env-form.ts';
import { lineOf } from './env-trouble.ts';

/** Something that the person should know about a file that was written. */
export type EnvNote =
  /** The program that reads these variables has to turn `\n` back into line breaks. */
  | { kind: 'line-breaks'; names: readonly string[]; text: string }
  /** A line of theirs at which a reader may give the whole file up. */
  | { kind: 'odd-line'; line: number; text: string };

/** What there is to say about a merged text. */
export function notesOn(
  text: string,
  readings: readonly Reading[],
  values: Readonly<Record<string, string>>,
  format: EnvFormat,
): EnvNote[] {
  const notes: EnvNote[] = [];
  const broken = Object.keys(values).filter((name) => values[name]?.includes('\n'));
  if (format === 'docker' && broken.length > 0)
    notes.push({
      kind: 'line-breaks',
      names: broken,
      text: `Docker knows no line breaks: your program has to turn \\n back in ${broken.join(', ')}: key.replace(/\\\\n/g, '\\n')`,
    });
  const odd = readings.find((reading) => reading.odd !== undefined)?.odd;
  if (odd !== undefined) {
    const line = lineOf(text, odd);
    notes.push({
      kind: 'odd-line',
      line,
      text:
        format === 'docker'
          ? `Docker refuses the file for line ${line}: the name of a variable is empty or holds a blank`
          : `a shell may stop at line ${line}: put its value in single quotes if you load the file in one`,
    });
  }
  return notes;
}
