import { labelled, margin, wrap } from '../../print/layout.ts';
import type { Outcome, PlanWritten, Scene } from '../face.ts';
import { changeLines, reasonLines } from './changes.ts';
import type { Titled } from './drift.ts';
import { preflightLines } from './preflight.ts';
import type { Marks } from './problem.ts';

/** A plan that went into a file: what is in it, what its maker may not do of it, and how it is carried out. */
export function planWrittenLines(
  { project }: Scene,
  { preflight }: Outcome,
  { file, apply }: PlanWritten,
  nodes: readonly Titled[],
  marks: Marks,
): string[] {
  const { width, arrow } = marks;
  const changes = nodes.flatMap(({ node }) => (node.state === 'differs' ? node.changes : []));
  const text = (words: string): string[] => wrap(words, width - 2).map((line) => margin + line);
  return [
    '',
    ...changes.flatMap((change) => [...changeLines(change, width, arrow), ...reasonLines(change, width)]),
    ...(changes.length === 0 ? [] : ['']),
    ...(preflight === undefined ? [] : [...preflightLines(preflight, marks), '']),
    ...text(
      changes.length === 0
        ? `Nothing differs in ${project}, so the plan is empty. It is in ${file}.`
        : `The plan is in ${file}. Nothing else was written, and ${project} is as it was.`,
    ),
    ...labelled(
      '  next',
      `${apply}, by whoever may: it shows all of this, and asks before it changes anything`,
      9,
      width,
    ),
  ];
}
