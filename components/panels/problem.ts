import type { FailedCall, Problem } from '../../src/wizard/problem.ts';
import type { ProblemQuestion } from '../../src/wizard/question.ts';
import type { Line, Tone } from '../line.ts';
import type { View } from '../view.ts';
import { beside, blank, bold, grid, labelled, span, textLines, type Room } from './layout.ts';
import { noteLines } from './notes.ts';
import { widthOf } from '../../src/print/width.ts';

const moves: Readonly<Record<Problem['mover'], { words: string; tone: Tone }>> = {
  person: { words: 'Your move', tone: 'attention' },
  cloud: { words: "Google's side", tone: 'bad' },
  us: { words: 'A bug of ours', tone: 'bad' },
};

/** More than this many names are worth columns of their own, even where a sentence lists them. */
const easilyRead = 3;

/** A problem without its options: whose move it is, what happened, why, the next step, and the call that failed. */
export function problemLines({ question }: { question: ProblemQuestion; view: View }, room: Room): Line[] {
  const { problem, others, notes = [] } = question;
  const { words, tone } = moves[problem.mover];
  const { states } = room.marks;
  const sign = problem.mover === 'person' ? states.blocked : states.failed;
  const column = widthOf(sign) + 1;
  const inner = room.width - column;
  const what = [
    ...textLines(problem.what, inner),
    ...(problem.why === undefined ? [] : textLines(problem.why, inner, 'dim')),
  ];
  return [
    ...(notes.length > 0 ? [...noteLines(notes, room), blank] : []),
    ...headLines(question.title, words, tone, room),
    blank,
    ...beside(span(sign, tone), what, column),
    blank,
    ...labelled(span('Missing', 'dim'), (width) => missingCells(problem, { ...room, width }), room),
    ...labelled(span('Also', 'dim'), (width) => others.flatMap((other) => textLines(other, width)), room),
    ...labelled(bold('Next'), (width) => textLines(problem.next, width), room),
    ...(problem.call === undefined
      ? []
      : [blank, ...textLines(callText(problem.call, room.marks.dot), room.width, 'dim')]),
  ];
}

function headLines(title: string, words: string, tone: Tone, { width, marks }: Room): Line[] {
  const between = ` ${marks.dot} `;
  if (widthOf(title + between + words) <= width) return [[bold(title), span(between), bold(words, tone)]];
  return [...textLines(title, width).map(([text]) => [bold(text?.text ?? '')]), [bold(words, tone)]];
}

function missingCells({ missing = [], what, why = '' }: Problem, room: Room): Line[] {
  const isSaid = missing.every((name) => what.includes(name) || why.includes(name));
  if (isSaid && missing.length <= easilyRead) return [];
  return grid(
    missing.map((text) => ({ text })),
    room,
  );
}

function callText({ api, method, httpStatus, status, reason }: FailedCall, dot: string): string {
  const answer = [httpStatus, status, reason].filter((part) => part !== undefined).join(' ');
  return answer === '' ? `${api} ${method}` : `${api} ${method} ${dot} ${answer}`;
}
