import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Suggestion } from '../../../src/faces/conversation.ts';
import { openDialogue } from '../../../src/faces/tui/dialogue.ts';
import type { Answer, ChoiceQuestion } from '../../../src/wizard/question.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const question: ChoiceQuestion = {
  kind: 'choice',
  id: 'project',
  at: 'project',
  title: 'Which project?',
  why: 'The account lives in it.',
  flag: '--project',
  canGoBack: false,
  options: [{ id: 'a', label: 'A' }],
  filter: true,
  noun: 'project',
  loading: true,
};
const chosen: Answer = { kind: 'chosen', id: 'a' };
const suggestion: Suggestion = { answer: chosen, narration: 'A is chosen.', afterMs: 3000 };

/** A dialogue, and what its opening was told. */
function opened() {
  const told: string[] = [];
  const dialogue = openDialogue(
    { interrupted: () => told.push('interrupted'), tookOver: () => told.push('took over') },
    () => 0,
  );
  const ask = (suggested?: Suggestion, signal = new AbortController().signal) =>
    dialogue.said.ask(question, signal, suggested);
  return { ...dialogue, ask, told };
}

test('a question is open until it is answered, and the answer is given on', async () => {
  const { ask, answer, store } = opened();
  const asked = ask();
  expect(store.view()).toMatchObject({ question, asked: 1 });
  answer(chosen);
  expect(store.view().question).toBeUndefined();
  expect(await asked).toEqual(chosen);
});

test('only the first answer counts, and the next question is a new one', async () => {
  const { ask, answer, store } = opened();
  const first = ask();
  answer(chosen);
  answer({ kind: 'back' });
  expect(await first).toEqual(chosen);
  const second = ask();
  expect(store.view().asked).toBe(2);
  answer({ kind: 'back' });
  expect(await second).toEqual({ kind: 'back' });
});

test('a question is taken away with the reason of its signal', async () => {
  const { ask, store } = opened();
  const stop = new AbortController();
  const asked = ask(undefined, stop.signal);
  const reason = new Error('SIGTERM');
  stop.abort(reason);
  await expect(asked).rejects.toBe(reason);
  expect(store.view().question).toBeUndefined();
  await expect(ask(undefined, stop.signal)).rejects.toBe(reason);
  expect(store.view().asked).toBe(1);
});

test('an update reaches the open question only, and does not begin it anew', () => {
  const { ask, said, store } = opened();
  const more = { ...question, loading: false };
  said.update(more);
  expect(store.view().question).toBeUndefined();
  void ask();
  said.update({ ...more, id: 'profile' });
  expect(store.view().question).toBe(question);
  said.update(more);
  expect(store.view()).toMatchObject({ question: more, asked: 1 });
});

test('leaving answers the open question, and interrupts the run where there is none', async () => {
  const { ask, leave, told } = opened();
  const asked = ask();
  leave();
  expect(await asked).toEqual({ kind: 'leave' });
  expect(told).toEqual([]);
  leave();
  expect(told).toEqual(['interrupted']);
});

test('a suggestion is said, and is the answer after the time to read it', async () => {
  const { ask, store, told } = opened();
  const asked = ask(suggestion);
  expect(store.view()).toMatchObject({ narration: 'A is chosen.', suggesting: true });
  vi.advanceTimersByTime(2999);
  expect(store.view().question).toBe(question);
  vi.advanceTimersByTime(1);
  expect(await asked).toEqual(chosen);
  expect(store.view()).toMatchObject({ narration: undefined, suggesting: true });
  expect(told).toEqual([]);
});

test('the first key stops what answers itself, for good, and is for nothing else', async () => {
  const { ask, answer, pressed, store, told } = opened();
  const first = ask(suggestion);
  expect(pressed()).toBe(true);
  expect(told).toEqual(['took over']);
  expect(store.view()).toMatchObject({ question, narration: undefined, suggesting: false });
  expect(vi.getTimerCount()).toBe(0);
  expect(pressed()).toBe(false);
  answer({ kind: 'back' });
  expect(await first).toEqual({ kind: 'back' });

  void ask(suggestion);
  expect(store.view().narration).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
  expect(told).toEqual(['took over']);
});

test('a key between two suggestions takes over, too', async () => {
  const { ask, pressed, told } = opened();
  const first = ask(suggestion);
  vi.advanceTimersByTime(3000);
  await first;
  expect(pressed()).toBe(true);
  expect(told).toEqual(['took over']);
});

test('where nothing is suggested, keys are for the question', () => {
  const { ask, pressed, told } = opened();
  expect(pressed()).toBe(false);
  void ask();
  expect(pressed()).toBe(false);
  expect(told).toEqual([]);
});

test('a screen that broke rejects the open question and every later one', async () => {
  const { ask, fail, end, told } = opened();
  const asked = ask(suggestion);
  const bug = new Error('bug');
  fail(bug);
  await expect(asked).rejects.toBe(bug);
  await expect(ask()).rejects.toBe(bug);
  expect(vi.getTimerCount()).toBe(0);
  expect(told).toEqual([]);
  expect(end()).toBeUndefined();
});

test('a screen that broke between questions ends the run, and its failure is not lost', () => {
  const { fail, end, told } = opened();
  const bug = new Error('bug');
  fail(bug);
  expect(told).toEqual(['interrupted']);
  expect(end()).toEqual({ error: bug });
  expect(end()).toBeUndefined();
});
