import { expect, onTestFinished, test, vi } from 'vitest';
import { never, openDesk } from './desk.ts';
import { choice, plan, projects, text } from './questions.ts';

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s at a prompt leaves', async (_name, key) => {
  const desk = openDesk();
  const answer = desk.conversation.ask(text(), never);
  await desk.asked();
  await desk.type('abc');
  desk.press(key);
  expect(await answer).toEqual({ kind: 'leave' });
  expect(desk.paper()).toMatch(/abc\n$/);
});

test('a terminal that goes away leaves', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(text(), never);
  await desk.asked();
  desk.stdin.end();
  expect(await answer).toEqual({ kind: 'leave' });
  expect(await desk.conversation.ask(plan(), never)).toEqual({ kind: 'leave' });
});

test('where the signal ends, asking rejects with its reason and the line is ended', async () => {
  const desk = openDesk();
  const reason = new Error('the role is being looked at again');
  const taken = new AbortController();
  const answer = desk.conversation.ask(text(), taken.signal);
  await desk.asked();
  await desk.type('ab');
  taken.abort(reason);
  await expect(answer).rejects.toBe(reason);
  expect(desk.paper()).toMatch(/ab\n$/);
  await expect(desk.conversation.ask(text(), taken.signal)).rejects.toBe(reason);
  const next = desk.conversation.ask(text(), never);
  await desk.asked();
  desk.press('abc\r');
  expect(await next).toEqual({ kind: 'typed', text: 'abc' });
});

test('between questions the terminal is cooked, nobody reads it, and what was typed meanwhile is no answer', async () => {
  const desk = openDesk();
  const first = desk.conversation.ask(text(), never);
  await desk.asked();
  expect(desk.raw.at(-1)).toBe(true);
  desk.press('abc\r');
  await first;
  expect(desk.raw.at(-1)).toBe(false);
  expect(desk.stdin.isPaused()).toBe(true);
  expect(desk.stdin.eventNames().filter((name) => desk.stdin.listenerCount(name) > 0)).not.toContain('data');
  desk.press('yes\r');
  const answer = desk.conversation.ask(plan(), never);
  await desk.asked();
  desk.press('no\r');
  expect(await answer).toEqual({ kind: 'no' });
});

test('after Ctrl-Z the prompt stands again, with what was typed, and goes on', async () => {
  // The shell that stops this process, and lets it go on at once.
  const kill = vi.spyOn(process, 'kill').mockImplementation((_pid, signal) => {
    expect(desk.raw.at(-1)).toBe(false);
    if (signal === 'SIGTSTP') process.emit('SIGCONT', 'SIGCONT');
    return true;
  });
  onTestFinished(() => kill.mockRestore());
  const desk = openDesk();
  const answer = desk.conversation.ask(text(), never);
  await desk.asked();
  await desk.type('ab');
  desk.press('\u001a');
  await desk.asked('ab');
  expect(kill).toHaveBeenCalledOnce();
  expect(desk.raw.at(-1)).toBe(true);
  desk.press('c\r');
  expect(await answer).toEqual({ kind: 'typed', text: 'abc' });
});

test('a pipe answers line by line, is not lost between questions, and leaves at its end', async () => {
  const desk = openDesk({ isTerminal: false });
  desk.stdin.write('zebra\nacme-2\r\nx\nname');
  expect(await desk.conversation.ask(choice(projects(2)), never)).toEqual({ kind: 'chosen', id: 'acme-2' });
  expect(desk.paper()).toContain('No project matches "zebra"');
  const answer = desk.conversation.ask(text(), never);
  await desk.until('at least 3 letters');
  desk.stdin.end('d\nye');
  expect(await answer).toEqual({ kind: 'typed', text: 'named' });
  // "ye" was cut off: it is no answer, and nothing follows.
  expect(await desk.conversation.ask(plan(), never)).toEqual({ kind: 'leave' });
  expect(desk.raw).toEqual([]);
});

test('an answer that is suggested is given after the time to read the question', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(choice(projects(2)), never, {
    answer: { kind: 'chosen', id: 'acme-2' },
    narration: 'Any project serves.',
    afterMs: 1,
  });
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-2' });
  expect(desk.paper()).toMatch(
    /Which project\?[^]*2 {2}acme-2[^]*\n {2}Any project serves\.\n {2}> acme-2\n$/,
  );
  expect(desk.tookOver()).toBe(0);
});

test('a key during a suggestion takes over, and the question is asked', async () => {
  const desk = openDesk();
  const suggestion = { answer: { kind: 'yes' }, narration: 'All of this.', afterMs: 3_600_000 } as const;
  const answer = desk.conversation.ask(plan(), never, suggestion);
  await desk.until('All of this.');
  // The first presses may come before the question was there to be read.
  while (desk.tookOver() === 0) {
    desk.press(' ');
    await new Promise((turn) => setImmediate(turn));
  }
  await desk.asked();
  expect(desk.tookOver()).toBe(1);
  desk.press('no\r');
  expect(await answer).toEqual({ kind: 'no' });
});

test('Ctrl-C during a suggestion leaves, and its signal takes it away', async () => {
  const desk = openDesk();
  const suggestion = { answer: { kind: 'yes' }, narration: 'All of this.', afterMs: 3_600_000 } as const;
  const answer = desk.conversation.ask(plan(), never, suggestion);
  await desk.until('All of this.');
  desk.press('\u0003');
  expect(await answer).toEqual({ kind: 'leave' });
  expect(desk.tookOver()).toBe(0);

  const taken = new AbortController();
  const other = desk.conversation.ask(plan(), taken.signal, suggestion);
  await desk.until('All of this.');
  taken.abort(new Error('over'));
  await expect(other).rejects.toThrow('over');
  expect(desk.raw.at(-1)).toBe(false);
});

test('closing takes an open question away, and can be done twice', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(plan(), never);
  const rejected = expect(answer).rejects.toThrow('closed');
  await desk.asked();
  await desk.conversation.close();
  await desk.conversation.close();
  await rejected;
  expect(desk.raw.at(-1)).toBe(false);
  expect(desk.stdin.isPaused()).toBe(true);
});
