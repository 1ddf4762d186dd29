import type { Goal } from '../../steps/goal.ts';
import type { Problem } from '../../wizard/problem.ts';
import type { Preflight } from '../../wizard/preflight.ts';
import type { Note, Option } from '../../wizard/question.ts';
import { nodeOf, staysAside, type Session } from '../../wizard/session.ts';
import { withWhatRestsOn, type ToldStep } from './cards.ts';
import type { Talk } from './talk.ts';
import { hasChangedKey } from './walls.ts';
import type { Keyless } from '../run-flags.ts';
import { keylessOptions } from './keyless.ts';

/** What stands in the way first, and what else does. */
export interface Trouble {
  step: string;
  problem: Problem;
  others: readonly string[];
}

/** Where a person goes from a problem. */
export type Way =
  | 'delete-key'
  | 'retry'
  | 'skip'
  | 'sign-in'
  | 'edit'
  | 'back'
  | 'leave'
  | 'ask-administrator'
  | 'partial'
  | 'write-plan'
  | Exclude<Keyless, 'none'>;

/** The first step that is blocked or has failed and is not left out, with its problem. */
export function troubleOf(
  session: Session,
  steps: readonly ToldStep[],
  skipped: ReadonlySet<string>,
): Trouble | undefined {
  const troubles = session.order.flatMap((step) => {
    const node = nodeOf(session, step);
    const stands = (node.state === 'blocked' || node.state === 'failed') && !skipped.has(step);
    return stands && !staysAside(node) ? [{ step, problem: node.problem }] : [];
  });
  const [first, ...rest] = troubles;
  if (first === undefined) return undefined;
  const missing = [...new Set(troubles.flatMap(({ problem }) => problem.missing ?? []))];
  const others = rest
    .filter(({ problem }) => problem.what !== first.problem.what)
    .map(({ step, problem }) => `${titleOf(steps, step)}: ${problem.what}`);
  return {
    step: first.step,
    problem: missing.length === 0 ? first.problem : withMissing(first.problem, missing),
    others,
  };
}

/** A problem with all that is missing, told once: where Google said nothing, that list is the whole reason. */
function withMissing(problem: Problem, missing: readonly string[]): Problem {
  return { ...problem, missing, ...(problem.call === undefined && { why: undefined }) };
}

interface About extends Trouble {
  session: Session;
  goal: Goal;
  steps: readonly ToldStep[];
  editable: boolean;
  canGoBack: boolean;
  /** What the person may not do, where that is what stands in the way. */
  preflight?: Preflight | undefined;
  /** The plan can be written to a file. */
  writable: boolean;
  /** What has just come of a way that was gone. */
  note?: Note | undefined;
}

/** Shows a problem, and asks which way to go. */
export async function askAboutProblem(talk: Talk, about: About): Promise<Way> {
  const { step, problem, others, session, steps, canGoBack, preflight, note } = about;
  const ways = waysFrom(about);
  for (;;) {
    const answer = await talk.ask({
      kind: 'problem',
      id: `problem:${step}`,
      at: step,
      title: preflight === undefined ? titleOf(steps, step) : 'What you may do',
      ...(note && { notes: [note] }),
      ...(preflight && { preflight }),
      why:
        preflight === undefined
          ? (steps.find(({ id }) => id === step)?.why ?? '')
          : 'What you may do was held against exactly what this plan needs, before anything is written.',
      flag: '--yes',
      canGoBack: canGoBack && !hasChangedKey(session),
      problem,
      others,
      options: ways,
    });
    if (answer.kind === 'back') return 'back';
    const way = answer.kind === 'chosen' && ways.find(({ id }) => id === answer.id)?.id;
    if (way) return way;
  }
}

function waysFrom(about: About): (Option & { id: Way })[] {
  const { step, problem, session, steps, editable, preflight } = about;
  const resting = withWhatRestsOn(steps, new Set([step])).size - 1;
  const blocked = nodeOf(session, step).state === 'blocked' || step === 'key' || step === 'env';
  return [
    ...(preflight === undefined ? [] : helpedWays(preflight, about.writable)),
    ...(problem.offers === 'keyless'
      ? [
          ...keylessOptions,
          {
            id: 'ask-administrator' as const,
            label: 'ask an administrator',
            columns: ['shows a message to send'],
          },
        ]
      : []),
    ...(problem.keys === undefined
      ? []
      : [{ id: 'delete-key' as const, label: 'delete a key', columns: ['choose one that nobody uses'] }]),
    { id: 'retry', label: 'retry', columns: ['look again, and go on from there'] },
    ...(problem.missing !== undefined || step === 'project'
      ? [{ id: 'sign-in' as const, label: 'sign in', columns: ['as somebody who may do this'] }]
      : []),
    ...(editable && ['role', 'account', 'env'].includes(step) && problem.missing === undefined
      ? [
          {
            id: 'edit' as const,
            label: 'edit',
            columns: [step === 'env' ? 'take another file, or none' : 'take another name'],
          },
        ]
      : []),
    ...(blocked && step !== 'project' && (preflight === undefined || about.others.length > 0)
      ? [
          {
            id: 'skip' as const,
            label: 'skip',
            columns: [
              resting === 0
                ? 'go on without it'
                : `go on without it, and ${resting} more that ${resting === 1 ? 'needs' : 'need'} it`,
            ],
          },
        ]
      : []),
    { id: 'leave', label: 'leave', columns: ['what is done is kept; come back any time'] },
  ];
}

/** The ways of somebody who may not do all of it. */
function helpedWays({ possible }: Preflight, writable: boolean): (Option & { id: Way })[] {
  const names = possible.map(({ title }) => title.toLowerCase()).join(', ');
  return [
    ...(possible.length === 0
      ? []
      : [{ id: 'partial' as const, label: 'do the rest', columns: [`what you may: ${names}`] }]),
    { id: 'ask-administrator', label: 'ask an administrator', columns: ['shows a message to send'] },
    ...(writable
      ? [
          {
            id: 'write-plan' as const,
            label: 'write the plan',
            columns: ['to a file, for somebody who may carry it out'],
          },
        ]
      : []),
  ];
}

function titleOf(steps: readonly ToldStep[], step: string): string {
  return steps.find(({ id }) => id === step)?.title ?? step;
}
