import type { Goal } from '../../steps/goal.ts';
import type { Plan } from '../../wizard/runner.ts';
import type { Note } from '../../wizard/question.ts';
import { nodeOf, staysAside, type Session } from '../../wizard/session.ts';
import type { Words } from '../errand.ts';
import { warningsOf, type ToldStep } from './cards.ts';
import type { Talk } from './talk.ts';
import { usualTime } from './usual-time.ts';

interface About {
  plan: Plan;
  session: Session;
  goal: Goal;
  steps: readonly ToldStep[];
  words: Words;
  editable: boolean;
  /** Nothing of it stays. */
  demo: boolean;
  /** Steps that are left out. */
  skipped: ReadonlySet<string>;
  canGoBack: boolean;
  /** What to tell of the journal. */
  notices: readonly string[];
  /** Writes the plan to a file, and gives what to tell of it; absent where none is to be written. */
  write?: () => Promise<Note | undefined>;
}

/** Shows everything that would change, before anything does. */
export async function askAboutPlan(
  talk: Talk,
  about: About,
): Promise<{ kind: 'yes' | 'step-by-step' | Turn }> {
  const { plan, session, goal, steps, words, editable, canGoBack, demo, write } = about;
  let written: Note | undefined;
  for (;;) {
    const answer = await talk.ask({
      kind: 'plan',
      id: 'plan',
      at: plan.steps[0]?.step ?? 'project',
      title: words.plan(goal.answers.project),
      why: words.why,
      flag: '--yes',
      canGoBack,
      notes: [...(written ? [written] : []), ...notesOf(about)],
      plan,
      editable,
      ...(write && { writable: true }),
      foot: words.foot(plan, session, usualTime(steps, new Set(plan.steps.map(({ step }) => step)))),
      ...(!demo && { undo: words.undo }),
    });
    if (answer.kind === 'write-plan') written = await write?.();
    else if (answer.kind !== 'chosen' && answer.kind !== 'typed') return answer;
  }
}

type Turn = 'back' | 'edit' | 'no';

/** What people should read before they say yes: facts that want attention, and what is left out. */
function notesOf({ plan, session, goal, steps, skipped, notices }: About): Note[] {
  const facts = session.order.flatMap((id) => {
    const node = nodeOf(session, id);
    return 'facts' in node ? node.facts.filter(({ tone }) => tone === 'attention') : [];
  });
  const asides = session.order.flatMap((id) => {
    const node = nodeOf(session, id);
    if (!staysAside(node) || !('problem' in node)) return [];
    const { what, why, next } = node.problem;
    const text = `Stays: ${[what, why, next].filter((part) => part !== undefined).join('; ')}.`;
    return [{ tone: 'attention' as const, text }];
  });
  const left = steps.filter(({ id }) => skipped.has(id)).map(({ title }) => title);
  return [
    ...notices.map((notice) => ({
      tone: 'attention' as const,
      text: `${notice.charAt(0).toUpperCase()}${notice.slice(1)}.`,
    })),
    ...facts,
    ...plan.steps
      .filter(({ changes }) => changes.some(({ asks }) => asks))
      .map(({ step }) => overruled(steps, step)),
    ...asides,
    ...plan.steps.flatMap(({ step }) => warningsOf(goal.profile, step)),
    ...(left.length === 0 ? [] : [{ tone: 'attention' as const, text: `Left out: ${left.join(', ')}.` }]),
  ];
}

/** A yes would overrule what somebody else has decided. */
function overruled(steps: readonly ToldStep[], step: string): Note {
  const title = steps.find(({ id }) => id === step)?.title ?? step;
  const text = `${title}: somebody else has decided otherwise. Step by step lets you leave it as it is.`;
  return { tone: 'attention', text };
}
