import type { Answer, Question } from '../../wizard/question.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';
import { choiceForm, problemForm } from './choice.ts';
import type { Form, Reading, Surroundings } from './form.ts';
import type { Keyboard } from './keyboard.ts';
import { askLine } from './line.ts';
import type { Paper } from './paper.ts';
import { planForm, stepForm } from './plan-form.ts';
import { textForm } from './text-form.ts';
import { commonReading } from './words.ts';

// A check that takes longer says so: nothing stands still for over a second.
const silentMs = 1000;

export function formOf(question: Question, around: Surroundings): Form {
  switch (question.kind) {
    case 'choice':
      return choiceForm(question, around);
    case 'problem':
      return problemForm(question, around);
    case 'text':
      return textForm(question);
    case 'plan':
      return planForm(question, around);
    case 'step':
      return stepForm(question, around);
  }
}

/**
 * Asks line by line until one is an answer.
 * @throws the reason of `signal`, where that ends; and whatever reading a line throws.
 */
export async function askUntilAnswered(
  question: Question,
  form: Form,
  paper: Paper,
  keyboard: Keyboard,
  signal: AbortSignal,
): Promise<Answer> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const letters = question.kind === 'plan' || question.kind === 'step';

  const read = async (line: string): Promise<Reading> => {
    const typed = line.trim();
    const common = commonReading(typed, question, form, paper.width(), letters);
    if (common !== undefined) return common;
    const slow = setTimeout(() => paper.say([`${margin}Still checking.`]), silentMs);
    try {
      return await form.read(typed, until);
    } finally {
      clearTimeout(slow);
    }
  };

  try {
    for (;;) {
      let reading: Reading | undefined;
      let failure: { error: unknown } | undefined;
      const check = async (line: string): Promise<string | undefined> => {
        reading = failure = undefined;
        try {
          reading = await read(line);
        } catch (error) {
          failure = { error };
        }
        const mends = form.mends && keyboard.isTerminal;
        return mends && reading !== undefined && 'wrong' in reading ? reading.wrong : undefined;
      };
      const { prompt, blank } = form;
      const line = await askLine(
        { prompt, check, ...(blank !== undefined && { blank }) },
        paper,
        keyboard,
        until,
      );
      if (line === undefined) return { kind: 'leave' };
      if (failure !== undefined) throw failure.error;
      if (reading === undefined) continue;
      if ('answer' in reading) {
        if (reading.chosen !== undefined) paper.say(chosenLines(reading.chosen, paper.width()));
        return reading.answer;
      }
      paper.say(
        'say' in reading ? reading.say : labelled('!', `${capital(reading.wrong)}.`, 3, paper.width()),
      );
    }
  } finally {
    over.abort();
  }
}

/** What was chosen, because a number or a part of a name does not say it. */
function chosenLines(label: string, width: number): string[] {
  return wrap(`> ${label}`, width - 2).map((line) => margin + line);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
