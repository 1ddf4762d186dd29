import type { FailedCall, Problem } from '../../src/wizard/problem.ts';
import type { Preflight } from '../../src/wizard/preflight.ts';
import type { ProblemQuestion } from '../../src/wizard/question.ts';
import type { Line, Tone } from '../line.ts';
import type { View } from '../view.ts';
import { beside, blank, bold, grid, labelled, labelledShort, span, textLines, type Room } from './layout.ts';
import { noteLines } from './notes.ts';
import { widthOf } from '../../src/print/width.ts';

const moves: Readonly<Record<Problem['mover'], { words: string; tone: Tone }>> = {
  person: { words: 'Your move', tone: 'attention' },
  cloud: { words: "Google's side", tone: 'bad' },
  us: { words: 'A bug of ours', tone: 'bad' },
};

/** More than this many names are worth columns of their own, even where a sentence lists them. */
const easilyRead = 3;

/**
 * A problem without its options: whose move it is, what happened, why, the next step, and the call that failed. Where the
 * room has a height that this does not fit into, the next step comes before the reasons, and how many permissions are
 * missing stands for their names.
 */
export function problemLines(given: { question: ProblemQuestion; view: View }, room: Room): Line[] {
  const full = fullLines(given.question, room);
  return full.length <= (room.height ?? Infinity) ? full : briefLines(given.question, room);
}

function fullLines(question: ProblemQuestion, room: Room): Line[] {
  const { problem, others, preflight, notes = [] } = question;
  if (preflight !== undefined)
    return [
      ...(notes.length > 0 ? [...noteLines(notes, room), blank] : []),
      ...headLines(question, room),
      blank,
      ...whatLines({ ...problem, what: preflight.head }, undefined, room),
      blank,
      ...preflight.told
        // What writes the plan is among the ways.
        .filter(({ label }) => label !== 'Or')
        .flatMap(({ label, lines }) =>
          labelled(bold(label), (width) => lines.flatMap((text) => textLines(text, width)), room),
        ),
      ...alsoLines(others, room),
    ];
  const { why } = problem;
  return [
    ...(notes.length > 0 ? [...noteLines(notes, room), blank] : []),
    ...headLines(question, room),
    blank,
    ...whatLines(problem, why, room),
    blank,
    ...labelled(bold('Next'), (width) => textLines(problem.next, width), room),
    ...labelled(span('Missing', 'dim'), (width) => missingCells(problem, { ...room, width }), room),
    ...alsoLines(others, room),
    ...(problem.call === undefined
      ? []
      : [blank, ...textLines(callText(problem.call, room.marks.dot), room.width, 'dim')]),
  ];
}

function alsoLines(others: readonly string[], room: Room): Line[] {
  return labelled(span('Also', 'dim'), (width) => others.flatMap((other) => textLines(other, width)), room);
}

/**
 * Where there is no room for all: what is missing, whom to ask, and what can be done without; where there is none for that
 * either, how much is missing.
 */
function briefPreflight(question: ProblemQuestion, preflight: Preflight, room: Room): Line[] {
  const { problem, others, notes = [] } = question;
  const { head, told, lacks } = preflight;
  const names = [...new Set(lacks.map(({ permission }) => permission))];
  const above = [...headLines(question, room), ...whatLines({ ...problem, what: head }, undefined, room)];
  const missing = labelledShort(
    bold('Missing'),
    (width) =>
      grid(
        names.map((text) => ({ text })),
        { ...room, width },
      ),
    room,
  );
  const rest = [
    ...told
      .filter(({ label }) => label === 'Ask' || label === 'Rest')
      .flatMap(({ label, lines }) =>
        labelledShort(bold(label), (width) => lines.flatMap((text) => textLines(text, width)), room),
      ),
    ...noteLines(notes, room),
  ];
  const also = others.flatMap((text) => textLines(text, room.width, 'dim'));
  const named = [...above, ...missing, ...rest, ...also];
  if (named.length <= (room.height ?? Infinity)) return named;
  const count = names.length === 1 ? '1 permission is missing.' : `${names.length} permissions are missing.`;
  return [...above, ...rest, ...textLines(count, room.width, 'dim'), ...also];
}

function briefLines(question: ProblemQuestion, room: Room): Line[] {
  const { problem, others, preflight, notes = [] } = question;
  if (preflight !== undefined) return briefPreflight(question, preflight, room);
  const { missing = [], why } = problem;
  const told = [
    ...(isSaid(problem) ? [] : [`${missing.length} permissions are missing.`]),
    ...(why === undefined ? [] : [why]),
    ...others,
  ];
  return [
    ...headLines(question, room),
    ...whatLines(problem, undefined, room),
    ...labelledShort(bold('Next'), (width) => textLines(problem.next, width), room),
    ...noteLines(notes, room),
    ...told.flatMap((text) => textLines(text, room.width, 'dim')),
  ];
}

function whatLines({ mover, what }: Problem, why: string | undefined, { width, marks }: Room): Line[] {
  const sign = mover === 'person' ? marks.attention : marks.states.failed;
  const column = widthOf(sign) + 1;
  const inner = width - column;
  const lines = [...textLines(what, inner), ...(why === undefined ? [] : textLines(why, inner, 'dim'))];
  return beside(span(sign, moves[mover].tone), lines, column);
}

function headLines({ title, problem }: ProblemQuestion, { width, marks }: Room): Line[] {
  const { words, tone } = moves[problem.mover];
  const between = ` ${marks.dot} `;
  if (widthOf(title + between + words) <= width) return [[bold(title), span(between), bold(words, tone)]];
  return [...textLines(title, width).map(([text]) => [bold(text?.text ?? '')]), [bold(words, tone)]];
}

function missingCells(problem: Problem, room: Room): Line[] {
  const { missing = [] } = problem;
  return isSaid(problem)
    ? []
    : grid(
        missing.map((text) => ({ text })),
        room,
      );
}

/** True if the sentences name all that is missing, and it is easily read there. */
function isSaid({ missing = [], what, why = '' }: Problem): boolean {
  return missing.length <= easilyRead && missing.every((name) => what.includes(name) || why.includes(name));
}

function callText({ api, method, httpStatus, status, reason }: FailedCall, dot: string): string {
  const answer = [httpStatus, status, reason].filter((part) => part !== undefined).join(' ');
  return answer === '' ? `${api} ${method}` : `${api} ${method} ${dot} ${answer}`;
}
