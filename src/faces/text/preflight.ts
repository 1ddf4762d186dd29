import type { Preflight } from '../../wizard/preflight.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';
import type { Marks } from './problem.ts';

/**
 * What the operator may not do of a plan, whom to ask, and the message to send, whose lines are there to be copied.
 * @param whole with the message
 */
export function preflightLines(preflight: Preflight, { glyphs, width }: Marks, whole = true): string[] {
  const { told, message, head } = preflight;
  return [
    ...labelled(glyphs.blocked, head, 3, width),
    '',
    // Among ways to go on, what writes the plan is one of them.
    ...told
      .filter(({ label }) => whole || label !== 'Or')
      .flatMap(({ label, lines }) =>
        lines.flatMap((text, at) => labelled(at === 0 ? `  ${label}` : '', text, 11, width)),
      ),
    ...(whole
      ? ['', `${margin}A message to send:`, '', ...message.flatMap((line) => messageLines(line, width))]
      : []),
  ];
}

/** Commands and names stay on one line, as they are to be copied; sentences are wrapped. */
function messageLines(line: string, width: number): string[] {
  if (line === '') return [''];
  return line.startsWith(' ') ? [`${margin}${line}`] : wrap(line, width - 2).map((part) => margin + part);
}
