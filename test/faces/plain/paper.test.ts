import { afterEach, expect, test, vi } from 'vitest';
import { never, openDesk, type Desk } from './desk.ts';
import { text } from './questions.ts';

afterEach(() => vi.unstubAllEnvs());

async function written(desk: Desk, ...keys: string[]): Promise<string> {
  const answer = desk.conversation.ask(text({ value: '', check: () => undefined }), never);
  await desk.asked();
  const before = desk.paper().length;
  for (const key of keys) {
    const at = desk.paper().length;
    desk.press(key);
    while (desk.paper().length === at) await new Promise((turn) => setImmediate(turn));
  }
  desk.press('\r');
  await answer;
  return desk.paper().slice(before);
}

test('each key is echoed once, spaces too, and the prompt is not repeated', async () => {
  expect(await written(openDesk(), 'a', ' ', 'b', 'é', '日', '👍')).toBe('a bé日👍\n');
});

test('what is taken back is overtyped with a space', async () => {
  expect(await written(openDesk(), 'abc', '\u007f', 'd')).toBe('abc\b \bd\n');
});

test('a dumb terminal gets the line anew instead', async () => {
  // Of the process too: Node's readline reads it there, and would take a backspace for a character.
  vi.stubEnv('TERM', 'dumb');
  const desk = openDesk({ env: process.env });
  expect(await written(desk, 'abc', '\u007f', 'd')).toBe('abc\n  Role ID: abd\n');
  expect(process.env['TERM']).toBe('dumb');
});

test('so does any terminal where the row above would have to change, or a wide character', async () => {
  const desk = openDesk({ columns: 30 });
  // 11 columns are the prompt's: 20 more fill the row and begin the next one.
  const line = 'x'.repeat(20);
  expect(await written(desk, line, '\u0015')).toBe(`${line}\n  Role ID: \n`);
  expect(await written(openDesk(), 'a日', '\u007f')).toBe('a日\n  Role ID: a\n');
});

test('a key in the middle of the line writes the rest again', async () => {
  expect(await written(openDesk(), 'acb', '\u007f', '\u001b[D!')).toBe('acb\b \b\b \b!c\n');
});

test('text fills the terminal, but never more than 100 columns or less than 30', () => {
  for (const [columns, most] of [
    [200, 100],
    [60, 60],
    [12, 30],
  ] as const) {
    const desk = openDesk({ columns });
    desk.conversation.narrate('word '.repeat(80).trim());
    const widest = Math.max(
      ...desk
        .paper()
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(most);
    expect(widest).toBeGreaterThan(most - 5);
  }
});

test('a prompt that is wider than the paper begins on lines of its own', async () => {
  const desk = openDesk({ columns: 30 });
  const answer = desk.conversation.ask(
    text({ value: 'a-role-with-a-long-name', check: () => undefined }),
    never,
  );
  expect(await desk.until('name):')).toMatch(/\n {2}Role ID \(Enter takes\n {2}a-role-with-a-long-name\):$/);
  desk.press('\r');
  await answer;
});
