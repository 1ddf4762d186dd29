import type { Answer, PlanQuestion, StepQuestion } from '../../wizard/question.ts';
import { nodeOf } from '../../wizard/session.ts';
import type { Fact } from '../../wizard/step.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';
import { changeLines, reasonLines } from '../text/changes.ts';
import { detailLines, noDetails } from './details.ts';
import type { Form, Reading, Surroundings } from './form.ts';
import { isWord } from './words.ts';

/** The plan: every change as lines, then a word. Only a typed yes is a yes. */
export function planForm(question: PlanQuestion, around: Surroundings): Form {
  const { steps } = question.plan;
  const words = [
    ['yes', 'does all of this', { kind: 'yes' }],
    ['step', 'asks before each step', { kind: 'step-by-step' }],
    ['details', 'every permission with its reason, and the gcloud commands', details],
    ...(question.editable ? [['edit', 'changes the names in it', { kind: 'edit' }] as const] : []),
    ...(question.writable
      ? [['out', 'writes the plan to a file, for somebody else', { kind: 'write-plan' }] as const]
      : []),
    ['no', 'leaves everything as it is', { kind: 'no' }],
  ] as const satisfies Words;

  function details(): string[] {
    const { width } = around.marks();
    return steps.flatMap(({ step, changes }) => detailLines(step, around.cards, changes, width));
  }

  return {
    ...wordForm(words, question.canGoBack),
    lines() {
      const { width, arrow } = around.marks();
      const changes = steps.flatMap((each) => each.changes);
      return [
        ...changes.flatMap((change) => [...changeLines(change, width, arrow), ...reasonLines(change, width)]),
        '',
        ...question.foot.flatMap((line) => wrap(line, width - 2).map((part) => margin + part)),
      ];
    },
  };
}

/** One step before it acts: what was found, what changes, how it is taken back; then a word. */
export function stepForm(question: StepQuestion, around: Surroundings): Form {
  const { step, changes } = question;
  const words = [
    ['yes', 'does this step', { kind: 'yes' }],
    ['no', 'goes on without it; what rests on it is left out too', { kind: 'no' }],
    [
      'details',
      'every permission with its reason, and the gcloud commands',
      () => detailLines(step, around.cards, changes, around.marks().width),
    ],
    ...(question.editable ? [['edit', 'changes the names in it', { kind: 'edit' }] as const] : []),
  ] as const satisfies Words;

  return {
    ...wordForm(words, question.canGoBack),
    lines() {
      const { width, arrow } = around.marks();
      const undo = around.cards.find(({ id }) => id === step)?.undo;
      return [
        ...foundIn(around, question).flatMap(({ tone, text }) =>
          labelled(tone === 'attention' ? '!' : 'Found', text, 8, width),
        ),
        ...changes.flatMap((change) => [...changeLines(change, width, arrow), ...reasonLines(change, width)]),
        ...(undo === undefined ? [] : labelled('Undo', undo, 8, width)),
      ];
    },
  };
}

function told(details: string[]): readonly string[] {
  return details.length > 0 ? [...details, ''] : [...noDetails, ''];
}

/** What the last look at the step found, and the question does not say itself. */
function foundIn({ session }: Surroundings, { step, notes = [] }: StepQuestion): readonly Fact[] {
  if (session?.nodes[step] === undefined) return [];
  const node = nodeOf(session, step);
  const facts = 'facts' in node ? node.facts : [];
  return facts.filter(({ text }) => !notes.some((note) => note.text === text));
}

type Words = readonly (readonly [word: string, meaning: string, does: Answer | (() => string[])])[];

/** A question that is answered by one of a few words, or its first letter; nothing stands for Enter alone. */
function wordForm(words: Words, canGoBack: boolean): Omit<Form, 'lines'> {
  const all = [...words.map(([word]) => word), ...(canGoBack ? ['back'] : []), 'leave'];
  const choice = `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`;
  return {
    prompt: `${choice}:`,
    mends: false,
    help: words.map(([word, meaning]) => [word, meaning]),
    read(typed): Reading {
      const does = words.find(([word]) => isWord(typed, word, true))?.[2];
      if (does !== undefined) return typeof does === 'function' ? { say: told(does()) } : { answer: does };
      if (typed === '')
        return {
          wrong: `Enter alone does nothing here, so that nothing is done by accident; type ${choice}`,
        };
      return { wrong: `"${typed}" is none of the answers; type ${choice}, or the first letter of it` };
    },
  };
}
