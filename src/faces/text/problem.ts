import type { Problem } from '../../wizard/problem.ts';
import type { Glyphs } from '../glyphs.ts';
import { labelled, margin, wrap } from './layout.ts';

/** What drawing takes: the marks, the arrow and the columns at hand. */
export interface Marks {
  glyphs: Glyphs;
  arrow: string;
  width: number;
}

/** A problem: what happened, why, one next step, and the call that failed for whoever supports it. */
export function problemLines(problem: Problem, title: string | undefined, marks: Marks): string[] {
  const { what, why, next, call } = problem;
  const glyph = problem.mover === 'person' ? marks.glyphs.blocked : marks.glyphs.failed;
  const { width } = marks;
  return [
    ...labelled(glyph, title === undefined ? what : `${title}: ${what}`, 3, width),
    ...(why === undefined ? [] : labelled('', why, 5, width)),
    ...labelled('  Next', next, 9, width),
    ...(call === undefined ? [] : wrap(callText(call), width - 4).map((line) => `${margin}  ${line}`)),
  ];
}

function callText({ api, method, httpStatus, status, reason }: NonNullable<Problem['call']>): string {
  const answer = [httpStatus, status, reason].filter((part) => part !== undefined).join(' ');
  return `${api} ${method}${answer === '' ? '' : `: ${answer}`}`;
}
