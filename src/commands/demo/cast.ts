import type { Recording } from './recorder.ts';

/**
 * A recording as asciinema and others play it (asciicast v2, docs.asciinema.org/manual/asciicast/v2): a header, and a line an
 * event. Nothing of this machine is in it, and no date.
 */
export function castOf({ columns, rows, moments, seconds }: Recording, title: string): string {
  const header = { version: 2, width: columns, height: rows, title };
  // The last screen stands for a while: players end with the last event.
  const events = [...moments, [seconds, 'o', ''] as const];
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
}
