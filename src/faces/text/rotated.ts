import { duration, labelled, margin, wrap } from '../../print/layout.ts';
import { nodeOf } from '../../wizard/session.ts';
import type { Outcome, Scene } from '../face.ts';
import { envLines } from './env-lines.ts';
import type { Marks } from './problem.ts';

/** The receipt of a rotation: the new key, what became of the old one, and what does the rest. */
export function rotatedLines(scene: Scene, outcome: Outcome, { width }: Marks): string[] {
  const { session, elapsedMs } = outcome;
  const line = (label: string, text: string): string[] => labelled(`  ${label}`, text, 9, width);
  const nodes = scene.steps.map(({ id }) => nodeOf(session, id));
  const checks = nodes.flatMap((node) => ('checks' in node ? (node.checks ?? []) : []));
  const old = nodes.at(-1);
  const facts = old !== undefined && 'facts' in old ? old.facts : [];
  // One that is gone at once was removed; one that waits for its end was changed.
  const waits = old?.state === 'ready' && old.changed.some(({ sign }) => sign === '~');
  return [
    '',
    ...wrap(
      `Rotated. ${scene.email} signs in with its new key, and has all ${checks.length} permissions; checked as itself, in ${duration(elapsedMs)}.`,
      width - 2,
    ).map((text) => margin + text),
    '',
    ...line('key', `${scene.keyFile} (only you can read it)`),
    ...envLines(outcome, line),
    ...facts.flatMap(({ text }) => line('old', text)),
    ...(waits ? line('then', `${scene.again('repair')} does that, as do setup and rotate`) : []),
  ];
}
