import type { Goal } from '../../steps/goal.ts';
import { steps } from '../../steps/index.ts';
import type { Plan } from '../../wizard/runner.ts';
import type { Note } from '../../wizard/question.ts';
import { nodeOf, type Session } from '../../wizard/session.ts';
import { usualTime, warningsOf } from './cards.ts';
import type { Talk } from './talk.ts';

interface About {
  plan: Plan;
  session: Session;
  goal: Goal;
  /** Steps that are left out. */
  skipped: ReadonlySet<string>;
  canGoBack: boolean;
  /** What to tell of the journal. */
  notice: string | undefined;
}

/** Shows everything that would change, before anything does. */
export async function askAboutPlan(
  talk: Talk,
  about: About,
): Promise<{ kind: 'yes' | 'step-by-step' | Turn }> {
  const { plan, goal, canGoBack } = about;
  for (;;) {
    const answer = await talk.ask({
      kind: 'plan',
      id: 'plan',
      at: plan.steps[0]?.step ?? 'project',
      title: `This is everything that will change in ${goal.answers.project}. Nothing has been written.`,
      why: 'All of it is done on yes. Step by step asks again before each.',
      flag: '--yes',
      canGoBack,
      notes: notesOf(about),
      plan,
      foot: footOf(about),
    });
    if (answer.kind !== 'chosen' && answer.kind !== 'typed') return answer;
  }
}

type Turn = 'back' | 'edit' | 'no';

/** What people should read before they say yes: facts that want attention, and what is left out. */
function notesOf({ plan, session, goal, skipped, notice }: About): Note[] {
  const facts = session.order.flatMap((id) => {
    const node = nodeOf(session, id);
    return 'facts' in node ? node.facts.filter(({ tone }) => tone === 'attention') : [];
  });
  const left = steps.filter(({ id }) => skipped.has(id)).map(({ title }) => title);
  return [
    ...(notice === undefined
      ? []
      : [{ tone: 'attention' as const, text: `${notice.charAt(0).toUpperCase()}${notice.slice(1)}.` }]),
    ...facts,
    ...plan.steps.flatMap(({ step }) => warningsOf(goal.profile, step)),
    ...(left.length === 0 ? [] : [{ tone: 'attention' as const, text: `Left out: ${left.join(', ')}.` }]),
  ];
}

function footOf({ plan, session }: About): string[] {
  const grant = nodeOf(session, 'grant');
  const others = 'facts' in grant ? grant.facts.filter(({ tone }) => tone === 'note') : [];
  const makesKey = plan.steps.some(
    ({ step, changes }) => step === 'key' && changes.some(({ requires }) => requires.length > 0),
  );
  const minutes = Math.ceil(usualTime(new Set(plan.steps.map(({ step }) => step))) / 60_000);
  return [
    ...others.map(({ text }) => `${text}.`),
    `About ${minutes === 1 ? 'a minute' : `${minutes} minutes`}; Google sometimes needs longer.`,
    ...(makesKey
      ? ['Once the key is made, going back does not take it back; deleting it in Google Cloud does.']
      : []),
  ];
}
