import type { ListedKey, Problem } from '../../wizard/problem.ts';
import type { Glyphs } from '../../print/glyphs.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';
import { keyWords } from '../../print/listed-key.ts';

/** What drawing takes: the marks, the arrow and the columns at hand. */
export interface Marks {
  glyphs: Glyphs;
  arrow: string;
  width: number;
}

/** A problem: what happened, why, one next step, and the call that failed for whoever supports it. */
export function problemLines(problem: Problem, title: string | undefined, marks: Marks): string[] {
  const { differences = [] } = problem;
  return [
    ...headLines(problem, title, marks),
    ...differences.flatMap((text) => labelled('  ~', text, 5, marks.width)),
    ...endLines(problem, marks),
  ];
}

/** The keys of which one has to go, each with its ID whole: it is there to be copied. */
function keyLines(keys: readonly ListedKey[], { width }: Marks): string[] {
  return keys.flatMap((key) => {
    const { age, kind, use, place } = keyWords(key);
    return [`${margin}     ${key.id}`, ...labelled('', `${age} old, ${kind}, ${use}, ${place}`, 7, width)];
  });
}

type Head = Pick<Problem, 'mover' | 'what' | 'why' | 'missing'>;

function headLines(
  { mover, what, missing, why = missing && `missing: ${missing.join(', ')}` }: Head,
  title: string | undefined,
  { glyphs, width }: Marks,
): string[] {
  return [
    ...labelled(
      mover === 'person' ? glyphs.blocked : glyphs.failed,
      title === undefined ? what : `${title}: ${what}`,
      3,
      width,
    ),
    ...(why === undefined ? [] : labelled('', why, 5, width)),
  ];
}

function endLines({ next, call }: Pick<Problem, 'next' | 'call'>, { width }: Marks): string[] {
  return [
    ...labelled('  Next', next, 9, width),
    ...(call === undefined ? [] : wrap(callText(call), width - 4).map((line) => `${margin}  ${line}`)),
  ];
}

/**
 * The problems of several steps. What stands in the way of many is told once, and so is the next step that they share.
 */
export function troubleLines(
  troubles: readonly { title: string; problem: Problem }[],
  marks: Marks,
): string[] {
  const lines: string[] = [];
  const byNext = Map.groupBy(troubles, ({ problem }) => problem.next);
  for (const [next, sharing] of byNext) {
    const different = [...new Map(sharing.map((each) => [each.problem.what, each])).values()];
    for (const [index, { title, problem }] of different.entries()) {
      const { call, why, keys = [] } = problem;
      const isNew = why !== different[index - 1]?.problem.why;
      lines.push(
        ...headLines({ mover: problem.mover, what: problem.what, ...(isNew && { why }) }, title, marks),
        ...keyLines(keys, marks),
        ...(index < different.length - 1 ? [] : endLines({ next, call }, marks)),
      );
    }
  }
  return lines;
}

function callText({ api, method, httpStatus, status, reason }: NonNullable<Problem['call']>): string {
  const answer = [httpStatus, status, reason].filter((part) => part !== undefined).join(' ');
  return `${api} ${method}${answer === '' ? '' : `: ${answer}`}`;
}
