import type { ChoiceQuestion, Option, ProblemQuestion } from '../../wizard/question.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';
import { preflightLines } from '../text/preflight.ts';
import { problemLines } from '../text/problem.ts';
import type { Form, Reading, Surroundings } from './form.ts';
import { optionList } from './option-list.ts';

// How long the first entries of a list are waited for before it is shown without them.
const patienceMs = 3000;

/** A choice: the options with numbers, then a number or part of a name. */
export function choiceForm(first: ChoiceQuestion, around: Surroundings): Form {
  return listForm(first, first.noun, around, () => []);
}

/** A problem: what stands in the way, then what can be done about it, with numbers. */
export function problemForm(first: ProblemQuestion, around: Surroundings): Form {
  const { problem, others, preflight } = first;
  return listForm(first, 'answer', around, () => {
    const marks = around.marks();
    const { missing = [] } = problem;
    if (preflight !== undefined)
      return [
        ...preflightLines(preflight, marks, false),
        ...others.flatMap((other) => labelled('!', other, 3, marks.width)),
        '',
      ];
    return [
      ...problemLines(problem, undefined, marks),
      ...(missing.length === 0 ? [] : labelled('', `You lack ${missing.join(', ')}.`, 5, marks.width)),
      ...others.flatMap((other) => labelled('!', other, 3, marks.width)),
      '',
    ];
  });
}

function listForm(
  first: ChoiceQuestion | ProblemQuestion,
  noun: string,
  around: Surroundings,
  before: () => string[],
): Form {
  let question: ChoiceQuestion | ProblemQuestion = first;
  let changed = Promise.withResolvers<undefined>();
  const list = optionList();
  const width = (): number => around.marks().width;
  const isLoading = (): boolean => question.kind === 'choice' && question.loading;
  const text = (sentence: string): string[] => wrap(sentence, width() - 2).map((line) => margin + line);
  const count = (): number => question.options.filter(({ pinned }) => pinned !== true).length;
  const soFar = (): string => `Still reading: ${count()} so far. Enter alone lists them again.`;
  const listing = (): string[] => [
    ...list.begin(question.options, width()),
    ...(isLoading() ? text(soFar()) : []),
  ];

  const choose = ({ id, label, unavailable }: Option): Reading =>
    unavailable === undefined
      ? { answer: { kind: 'chosen', id }, chosen: label }
      : { wrong: `${label} cannot be chosen: ${unavailable}` };

  const byNumber = (typed: string): Option | undefined => {
    const id = list.numbered(Number(typed));
    return question.options.find((option) => option.id === id);
  };

  /** Resolves with the next update of the question, or when the signal ends. */
  const more = (signal: AbortSignal): Promise<unknown> => Promise.race([changed.promise, ended(signal)]);

  const byText = (typed: string, signal: AbortSignal): Reading | Promise<Reading> => {
    const matches = matching(question.options, typed);
    const [only] = matches;
    // It may be among those that are still to be read.
    if (only === undefined && isLoading() && !signal.aborted)
      return more(signal).then(() => byText(typed, signal));
    if (only === undefined) return { wrong: `no ${noun} matches "${typed}"; Enter alone lists them` };
    if (matches.length === 1) return choose(only);
    return { say: ['', ...text(`${matches.length} match "${typed}":`), ...list.begin(matches, width())] };
  };

  return {
    lines: () => [...before(), ...listing()],
    prompt: 'Number, or part of the name:',
    mends: false,
    help: [
      ['3', `the ${noun} with that number`],
      ['text', `the ${noun} whose name, or whatever stands beside it, holds this text`],
      ['more', 'the next of a list that is longer than 20'],
      ['Enter', 'the list again, with what was read since'],
    ],
    async ready(signal) {
      // A list without an entry says less than a moment's wait for its beginning.
      const enough = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
      while (isLoading() && count() === 0 && !enough.aborted) await more(enough);
    },
    read(typed, signal) {
      if (typed === '') return { say: ['', ...listing()] };
      if (typed.toLowerCase() === 'more') {
        const lines = list.more(width());
        return lines.length > 0
          ? { say: lines }
          : { wrong: `there are no more; Enter alone lists them again` };
      }
      const option = /^\d{1,6}$/.test(typed) ? byNumber(typed) : undefined;
      return option === undefined ? byText(typed, signal) : choose(option);
    },
    update(given) {
      if (given.kind !== 'choice' && given.kind !== 'problem') return [];
      const wasLoading = isLoading();
      question = given;
      changed.resolve(undefined);
      changed = Promise.withResolvers();
      // More of them are told when asked for; the end is told at once, because somebody may wait for it.
      return wasLoading && !isLoading()
        ? ['', ...text('All were read.'), ...list.extend(given.options, width())]
        : [];
    },
  };
}

/** Resolves when the signal ends. */
function ended(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', resolve, { once: true });
  });
}

/**
 * The options that hold the text in what is shown of them; only those of which it is all of a part, where there are any.
 * What stands beside a pinned option explains it, and does not name it.
 */
function matching(options: readonly Option[], typed: string): Option[] {
  const wanted = typed.toLowerCase();
  const cells = ({ label, columns = [], pinned }: Option): string[] =>
    [label, ...(pinned === true ? [] : columns)].map((cell) => cell.toLowerCase());
  const exact = options.filter((option) => option.id === typed || cells(option).includes(wanted));
  if (exact.length > 0) return exact;
  return options.filter((option) => cells(option).some((cell) => cell.includes(wanted)));
}
