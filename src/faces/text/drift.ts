import { labelled, margin, wrap } from '../../print/layout.ts';
import type { Node } from '../../wizard/node.ts';
import type { Fact } from '../../wizard/step.ts';
import type { Outcome, Scene } from '../face.ts';
import { changeLines, reasonLines } from './changes.ts';
import type { Marks } from './problem.ts';

/** A step's title, and how it ended. */
export interface Titled {
  title: string;
  node: Node;
}

/** What differs, what that breaks, and how it is mended. */
export function driftLines(
  scene: Scene,
  outcome: Outcome,
  nodes: readonly Titled[],
  { width, arrow }: Marks,
): string[] {
  const differing = nodes.filter(({ node }) => node.state === 'differs' || node.state === 'declined');
  const changes = differing.flatMap(({ node }) => ('changes' in node ? node.changes : []));
  const looks = scene.command === 'check' || scene.command === 'repair';
  return [
    '',
    `${margin}${scene.project} · ${scene.profile.name} · ${differing.length} of ${nodes.length} differ`,
    '',
    ...changes.flatMap((change) => [
      ...changeLines(change, width, arrow, looks),
      ...reasonLines(change, width),
    ]),
    ...factLines(
      differing.flatMap(({ node }) => attention(node)).filter(({ flag }) => flag === undefined),
      width,
    ),
    ...decisionLines(nodes, width),
    '',
    ...wrap(nextStep(scene, outcome, differing), width - 2).map((text) => margin + text),
  ];
}

/** What only a person can decide, with the flag that says so. */
export function decisionLines(nodes: readonly Titled[], width: number): string[] {
  const open = nodes.flatMap(({ node }) => attention(node)).filter(({ flag }) => flag !== undefined);
  return factLines(open, width);
}

function factLines(facts: readonly Fact[], width: number): string[] {
  return facts.flatMap(({ text, flag }) =>
    labelled('  !', flag === undefined ? text : `${text}; ${flag} changes that`, 4, width),
  );
}

function attention(node: Node): readonly Fact[] {
  return 'facts' in node ? node.facts.filter(({ tone }) => tone === 'attention') : [];
}

function nextStep(
  { command, again, dryRun }: Scene,
  { missingFlag }: Outcome,
  differing: readonly Titled[],
): string {
  if (missingFlag !== undefined)
    return `Nothing was written: nobody is here to say yes. Run it again with ${missingFlag} to do all of this.`;
  if (dryRun) return 'Nothing was written. Run it again without --dry-run to do this.';
  if (command === 'check') return `${again('repair')} ${whatItDoes(differing)}.`;
  return 'Declined; nothing more was written.';
}

/** What a repair does about the steps that differ: it asks before it overrules what somebody has decided. */
function whatItDoes(differing: readonly Titled[]): string {
  const asks = ({ node }: Titled): boolean => 'changes' in node && node.changes.some((each) => each.asks);
  const mended = differing.filter((each) => !asks(each) && each.title !== 'Validate');
  const asked = differing.filter(asks);
  if (asked.length === 0) return 'mends this';
  const about = `asks about the ${titles(asked)}`;
  return mended.length === 0 ? about : `mends the ${titles(mended)}, and ${about}`;
}

function titles(steps: readonly Titled[]): string {
  return steps.map(({ title }) => title.toLowerCase()).join(', ');
}
