import { duration, labelled, margin, wrap } from '../../print/layout.ts';
import { nodeOf, staysAside } from '../../wizard/session.ts';
import type { Outcome, Scene } from '../face.ts';
import { undoneIn } from '../undone.ts';
import { changeLines, reasonLines } from './changes.ts';
import { troubleLines, type Marks } from './problem.ts';

/** How an undo ended: what was taken away, what stays and why, or what stands in the way. */
export function undoOutcomeLines(scene: Scene, outcome: Outcome, marks: Marks): string[] {
  const { session } = outcome;
  const { width, arrow } = marks;
  const { taken, stays, refused } = undoneIn(session);
  const say = (text: string): string[] => wrap(text, width - 2).map((line) => margin + line);
  const titled = <T extends { step: string }>(each: T) => ({
    ...each,
    title: scene.steps.find(({ id }) => id === each.step)?.title ?? each.step,
  });
  const problems = scene.steps.flatMap(({ id, title }) => {
    const node = nodeOf(session, id);
    return 'problem' in node && !staysAside(node) ? [{ title, problem: node.problem }] : [];
  });
  const left = scene.steps.flatMap(({ id }) => {
    const node = nodeOf(session, id);
    return node.state === 'differs' || node.state === 'declined' ? node.changes : [];
  });
  const names = taken.map(({ change: { what, name } }) => `${what} ${name}`).join(', ');
  const done = taken.length === 0 ? '' : `Taken away: ${names}.`;

  if (problems.length > 0)
    return [
      '',
      ...troubleLines([...problems, ...refused.map(titled)], marks),
      '',
      ...say(`${done === '' ? 'Nothing was taken away.' : done} The next run goes on from here.`),
    ];
  return [
    '',
    ...(left.length > 0
      ? [`${margin}${scene.project} · ${scene.profile.name} · to be taken away`, '']
      : say(headOf(scene, outcome, done))),
    ...(left.length + taken.length > 0
      ? []
      : scene.notices.flatMap((notice) => ['', ...labelled('!', notice, 3, width)])),
    ...left.flatMap((change) => [...changeLines(change, width, arrow), ...reasonLines(change, width)]),
    ...(stays.length === 0 ? [] : ['', ...stays.flatMap(({ text }) => labelled('  stays', text, 9, width))]),
    ...(refused.length === 0
      ? []
      : [
          '',
          ...say('Stays, because it is not ours any more:'),
          '',
          ...troubleLines(refused.map(titled), marks),
        ]),
    ...(left.length === 0 ? [] : ['', ...say(nextStep(scene, outcome, done))]),
  ];
}

function headOf({ project, profile }: Scene, { elapsedMs }: Outcome, done: string): string {
  if (done !== '') return `${done} In ${duration(elapsedMs)}; everything else in ${project} is as it was.`;
  return `Nothing to take away in ${project}: of ${profile.name} the journal names nothing that was made and is still there.`;
}

function nextStep({ dryRun }: Scene, { missingFlag }: Outcome, done: string): string {
  if (missingFlag !== undefined)
    return `Nothing was taken away: nobody is here to say yes. Run it again with ${missingFlag} to do all of this.`;
  if (dryRun) return 'Nothing was taken away. Run it again without --dry-run to do this.';
  return `Declined. ${done === '' ? 'Nothing was taken away.' : done}`;
}
