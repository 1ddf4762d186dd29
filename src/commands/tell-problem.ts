import { problemLines } from '../faces/text/problem.ts';
import { glyphsFor } from '../print/glyphs.ts';
import { printed } from '../print/printable.ts';
import type { Problem } from '../wizard/problem.ts';

/** Tells a person on stderr what stopped the program. */
export function tellProblem(problem: Problem): void {
  const width = process.stderr.isTTY ? process.stderr.columns : 80;
  const marks = { glyphs: glyphsFor(process.env), arrow: '', width };
  process.stderr.write(printed(['', ...problemLines(problem, undefined, marks)]));
}

/** Where an error came from, and what caused it. Errors of Google's calls carry no request, so this is safe to show. */
export function tellStack(error: unknown): void {
  process.stderr.write(`\n${printed(stackOf(error).split('\n'))}`);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
