import { padded, widthOf } from '../src/print/width.ts';
import type { Question } from '../src/wizard/question.ts';
import { allKeysShown, type Binding } from './binding.ts';
import type { Line } from './line.ts';
import { beside, blank, bold, span, textLines, type Room } from './panels/layout.ts';
import { railEntries } from './rail-entries.ts';
import { stateWords } from './rail.ts';
import type { View } from './view.ts';

/** What `?` shows: where we are, what comes, what can be taken back, every key, and what the marks mean. */
export function helpLines(view: View, bindings: readonly Binding[], room: Room): Line[] {
  return [
    ...whereLines(view, room),
    blank,
    [bold('Keys')],
    ...table(
      bindings.map((binding) => [allKeysShown(binding, room.marks), binding.label]),
      room,
    ),
    blank,
    [bold('Marks')],
    ...table(
      (['ready', 'acting', 'pending', 'differs', 'blocked', 'failed', 'declined'] as const).map((state) => [
        room.marks.states[state],
        stateWords[state],
      ]),
      room,
    ),
  ];
}

function whereLines(view: View, room: Room): Line[] {
  const { question, header } = view;
  const entries = railEntries(view);
  const at = entries.findIndex(({ here }) => here);
  const place = at === -1 ? '' : `${entries[at]?.title ?? ''}, ${at + 1} of ${entries.length}. `;
  const answers: readonly (readonly [string, string])[] = [
    ['Where am I', `${place}${question?.title ?? 'Nothing is asked; the steps are at work.'}`],
    ['What is it for', question?.why ?? `Making ${header.project ?? 'the project'} ready, step by step.`],
    ['What comes next', nextOf(question)],
    ['Can I undo it', undoOf(view)],
  ];
  return answers
    .filter(([, answer]) => answer !== '')
    .flatMap(([asks, answer], index) => [
      ...(index > 0 && room.width < 50 ? [blank] : []),
      ...(room.width < 50
        ? [[bold(asks)], ...textLines(answer, room.width)]
        : beside(bold(asks), textLines(answer, room.width - 17), 17)),
    ]);
}

function nextOf(question: Question | undefined): string {
  switch (question?.kind) {
    case undefined:
      return 'It goes on by itself, and asks when it needs you.';
    case 'choice':
      return 'What you choose is looked at. Nothing is changed in the cloud by choosing.';
    case 'text':
      return 'What you type is checked as you type it. Enter goes on with it.';
    case 'plan':
      return 'Enter does what the plan lists, and nothing else.';
    case 'step':
      return 'Enter does what this step lists, and nothing else.';
    case 'problem':
      return question.problem.next;
  }
}

function undoOf({ question, steps }: View): string {
  const back = question?.canGoBack === true ? ' Esc goes back to the question before.' : '';
  const card = steps.find(({ id }) => id === question?.at);
  switch (question?.kind) {
    case 'plan':
      return `Nothing is written yet.${question.undo === undefined ? '' : ` ${question.undo}`}${back}`;
    case 'step':
      return `${card?.undo ?? 'Nothing is written yet.'}${back}`;
    case 'choice':
    case 'text':
      return `There is nothing to undo yet.${back}`;
    case 'problem':
    case undefined:
      return `Leaving keeps what is made; the next run goes on from there.${back}`;
  }
}

function table(rows: readonly (readonly [string, string])[], { width }: Room): Line[] {
  const column = Math.min(Math.max(...rows.map(([name]) => widthOf(name))) + 2, Math.floor(width / 2));
  return rows.flatMap(([name, text]) =>
    beside(span(`  ${padded(name, column)}`, 'accent'), textLines(text, width - column - 2), column + 2),
  );
}
