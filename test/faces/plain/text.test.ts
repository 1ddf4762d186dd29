import { expect, test } from 'vitest';
import { never, openDesk } from './desk.ts';
import { text } from './questions.ts';

const prompt = '(Enter takes RemotionSA):';

test('Enter alone takes the value that is there, and shows it as the answer', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(text(), never);
  await desk.until(prompt);
  desk.press('\r');
  expect(await answer).toEqual({ kind: 'typed', text: 'RemotionSA' });
  expect(desk.paper()).toMatch(/Role ID \(Enter takes RemotionSA\): RemotionSA\n$/);
});

test('what is wrong is told below, and the line stands again to be mended', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(text(), never);
  await desk.until(prompt);
  await desk.type('ab');
  desk.press('\r');
  expect(await desk.until(`${prompt} ab`)).toMatch(/^\n {2}! {2}a role ID has at least 3 letters/);
  await desk.type('c');
  desk.press('\r');
  expect(await answer).toEqual({ kind: 'typed', text: 'abc' });
  expect(desk.paper().match(/Enter takes/g)).toHaveLength(2);
});

test('what only the cloud can tell is asked for a line that is in order, and its call ends with the question', async () => {
  const desk = openDesk();
  const asked: string[] = [];
  const signals: AbortSignal[] = [];
  const confirm = (typed: string, signal: AbortSignal): Promise<string | undefined> => {
    asked.push(typed);
    signals.push(signal);
    return Promise.resolve(typed === 'taken' ? 'that ID is taken; type another' : undefined);
  };
  const answer = desk.conversation.ask(text({ confirm }), never);
  await desk.until(prompt);
  desk.press('x\r');
  await desk.until('at least 3');
  await desk.until(prompt);
  desk.press('\u007f');
  desk.press('taken\r');
  await desk.until('that ID is taken');
  await desk.until(`${prompt} taken`);
  desk.press('2\r');
  expect(await answer).toEqual({ kind: 'typed', text: 'taken2' });
  expect(asked).toEqual(['taken', 'taken2']);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('what the cloud fails with while a line is checked is thrown to whoever asked', async () => {
  const desk = openDesk();
  const confirm = () => Promise.reject(new Error('no network'));
  const answer = desk.conversation.ask(text({ confirm }), never);
  await desk.until(prompt);
  desk.press('\r');
  await expect(answer).rejects.toThrow('no network');
});

test('keys are deaf while a line is checked, but for Ctrl-C', async () => {
  const desk = openDesk();
  let begun = (): void => undefined;
  const checking = new Promise<void>((resolve) => (begun = resolve));
  const confirm = (): Promise<undefined> => {
    begun();
    return new Promise(() => undefined);
  };
  const answer = desk.conversation.ask(text({ confirm }), never);
  await desk.until(prompt);
  desk.press('\r');
  await checking;
  desk.press('zzz');
  desk.press('\u0003');
  expect(await answer).toEqual({ kind: 'leave' });
  expect(desk.paper()).not.toContain('zzz');
});

test('of what is pasted only the first line is read', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(text(), never);
  await desk.until(prompt);
  desk.press('pasted\r\nyes\r\nyes\r\n');
  expect(await answer).toEqual({ kind: 'typed', text: 'pasted' });
  expect(desk.paper()).toMatch(/: pasted\n$/);
});
