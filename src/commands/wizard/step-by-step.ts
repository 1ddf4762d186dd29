import type { Goal } from '../../steps/goal.ts';
import type { Note } from '../../wizard/question.ts';
import { nodeOf, type Session } from '../../wizard/session.ts';
import type { Change } from '../../wizard/step.ts';
import { warningsOf, type ToldStep } from './cards.ts';
import type { Talk } from './talk.ts';
import { hasChangedKey } from './walls.ts';

/** What a person says before a step acts. */
export type Word = 'yes' | 'no' | 'edit' | 'back';

/** What the steps are for, and whether their names can be edited. */
interface About {
  goal: Goal;
  steps: readonly ToldStep[];
  editable: boolean;
}

/**
 * Asks about one step at a time. Steps that do not need each other come side by side: their questions wait for each other.
 */
export function stepByStep(talk: Talk, about: About) {
  let turn: Promise<unknown> = Promise.resolve();
  let over: Word | undefined;
  return (step: string, changes: readonly Change[], session: Session): Promise<Word> => {
    const answer = turn.then(async () => {
      if (over !== undefined) return 'no';
      const word = await askAboutStep(talk, about, { step, changes, session });
      if (word === 'edit' || word === 'back') over = word;
      return word;
    });
    turn = answer.catch(() => undefined);
    return answer;
  };
}

async function askAboutStep(
  talk: Talk,
  { goal, steps, editable }: About,
  { step, changes, session }: { step: string; changes: readonly Change[]; session: Session },
): Promise<Word> {
  const { title = step, why = '' } = steps.find(({ id }) => id === step) ?? {};
  const node = nodeOf(session, step);
  const notes: Note[] = [];
  if ('facts' in node) notes.push(...node.facts.filter(({ tone }) => tone === 'attention'));
  notes.push(...warningsOf(goal.profile, step));
  if (changes.some(({ what, sign, requires }) => what === 'key' && sign !== '-' && requires.length > 0))
    notes.push({
      tone: 'attention',
      text: `The key goes to ${goal.answers.keyFile.value}, which only you can read. Going back does not take it back; deleting it in Google Cloud does.`,
    });
  for (;;) {
    const { kind } = await talk.ask({
      kind: 'step',
      id: `step:${step}`,
      at: step,
      title,
      why,
      flag: '--yes',
      canGoBack: !hasChangedKey(session),
      notes,
      step,
      changes,
      editable: editable && ['role', 'account', 'env'].includes(step),
    });
    if (kind === 'yes' || kind === 'no' || kind === 'edit' || kind === 'back') return kind;
  }
}
