import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/wizard/exit-codes.ts';
import { built } from './built.ts';
import { isRaw, openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

let bundle: Awaited<ReturnType<typeof built>>;
beforeAll(async () => {
  bundle = await built('conversation-program.ts');
});
afterAll(() => bundle[Symbol.asyncDispose]());

const open = (does: readonly string[], options?: TerminalOptions) =>
  openTerminal(process.execPath, [bundle.program, ...does], options);

/** The program ended in this way, and the terminal is as if it had never been started but for what it printed. */
async function expectRestored(terminal: Terminal, code: number): Promise<void> {
  const { code: ended, signal, stty } = await terminal.ended();
  expect({ ended, signal }).toEqual({ ended: code, signal: null });
  expect(isRaw(stty)).toBe(false);
  expect(stty).toMatch(/\sisig icanon iexten echo\s/);
  expect(terminal.alternate()).toBe(false);
  expect(terminal.cursorVisible()).toBe(true);
  expect(terminal.bracketedPaste()).toBe(false);
  expect(terminal.mouse()).toBe(false);
}

/** What is printed on the main screen, which never shows a frame. */
function printedOn(terminal: Terminal): string {
  return [...terminal.scrollback(), ...terminal.screen()].join('\n').trim();
}

const interactive = 'echo "in other hands"; cat 2>&-';
const scenes = [
  ['at a question', ['ask'], 'Which project?'],
  ['while something goes on', ['busy'], 'ways to sign in'],
  ['while another program has the terminal', ['hand-over', 'sh', '-c', interactive], 'in other hands'],
] as const;
const ways = [
  ['Ctrl-C', (terminal: Terminal) => terminal.press('ctrl-c')],
  ['SIGTERM', (terminal: Terminal) => terminal.signal('SIGTERM')],
  ['SIGHUP', (terminal: Terminal) => terminal.signal('SIGHUP')],
] as const;

describe.each(scenes)('%s', (_, does, shown) => {
  test.each(ways)('%s gives the terminal back', async (_way, leave) => {
    await using terminal = await open(does);
    await terminal.until(shown);
    leave(terminal);
    await expectRestored(terminal, exitCodes.interrupted.code);
    const before = does[0] === 'hand-over' ? /^in other hands\n(?:\^C)?/ : /^/;
    expect(printedOn(terminal).replace(before, '')).toBe('ended: interrupted');
  });

  test('a window that is closed ends the program, without a trace', async () => {
    const told = 'exec "$0" "$@" 2>stderr';
    await using terminal = await openTerminal('sh', ['-c', told, process.execPath, bundle.program, ...does]);
    await terminal.until(shown);
    terminal.hangUp();
    const { code, signal, stty } = await terminal.ended();
    expect({ code, signal, stty }).toEqual({ code: exitCodes.interrupted.code, signal: null, stty: '' });
    // Ink's own last resort is to show the cursor, wherever stderr goes.
    const stderr = await readFile(path.join(terminal.folder, 'stderr'), 'utf8');
    expect(stderr.replace('\u001B[?25h', '')).toBe('');
  });
});

describe('when our own code throws', () => {
  test.each([
    ['a component at a question', 'throw-at-question', 'a bug: Error: a screen broke\nended: bug'],
    ['a component between questions', 'throw-between-questions', 'a bug: Error: a screen broke\nended: bug'],
  ])('%s: the terminal is given back, and the error is told', async (_, does, printed) => {
    await using terminal = await open([does]);
    await expectRestored(terminal, exitCodes.bug.code);
    expect(printedOn(terminal)).toBe(printed);
  });

  test('elsewhere: the terminal is given back before the trace is printed', async () => {
    await using terminal = await open(['throw-elsewhere']);
    await terminal.until('Which project?');
    terminal.signal('SIGUSR2');
    await expectRestored(terminal, exitCodes.bug.code);
    expect(printedOn(terminal)).toContain('Error: something else broke');
    expect(printedOn(terminal)).not.toContain('not signed in');
  });
});

test('whoever ends the process in the middle of it leaves a usable terminal', async () => {
  await using terminal = await open(['exit']);
  await terminal.until('Which project?');
  terminal.signal('SIGUSR2');
  await expectRestored(terminal, exitCodes.cloud.code);
  expect(printedOn(terminal)).toBe('');
});

test('the conversation has the terminal to itself: keys come one by one and are not echoed', async () => {
  await using terminal = await open(['busy']);
  await terminal.until('ways to sign in');
  expect(terminal.rawMode()).toBe(true);
  expect(terminal.alternate()).toBe(true);
  expect(terminal.cursorVisible()).toBe(false);
  await terminal.until(() => terminal.bracketedPaste());
  terminal.type('echoed?');
  terminal.press('ctrl-c');
  await terminal.ended();
  expect(terminal.raw().toString()).not.toContain('echoed');
});

test('a terminal is drawn on also where CI is set', async () => {
  await using terminal = await open(['ask'], { env: { CI: 'true' } });
  await terminal.until('Which project?');
  terminal.press('enter');
  await expectRestored(terminal, exitCodes.done.code);
});

test('another program gets a normal terminal and all that is typed; then the question is drawn again', async () => {
  const asks = 'printf "your code: "; read code; echo "got $code"';
  await using terminal = await open(['hand-over', 'sh', '-c', asks]);
  await terminal.until('your code:');
  expect(terminal.alternate()).toBe(false);
  expect(terminal.cursorVisible()).toBe(true);
  expect(terminal.bracketedPaste()).toBe(false);
  expect(terminal.rawMode()).toBe(false);
  terminal.type('4/0AbCdEf');
  terminal.press('enter');
  await terminal.until('Which project?');
  expect(terminal.alternate()).toBe(true);
  expect(terminal.cursorVisible()).toBe(false);
  terminal.press('enter');
  await expectRestored(terminal, exitCodes.done.code);
  expect(printedOn(terminal)).toBe('your code: 4/0AbCdEf\ngot 4/0AbCdEf\nended: done');
});

test('Ctrl-C leaves what plays itself; another key only stops it', async () => {
  await using terminal = await open(['suggest']);
  await terminal.until('It goes on by itself.');
  terminal.press('enter');
  await terminal.until(() => !terminal.screen().join('\n').includes('It goes on by itself.'));
  expect(terminal.screen().join('\n')).toContain('Which project?');
  terminal.press('enter');
  await expectRestored(terminal, exitCodes.done.code);

  await using other = await open(['suggest']);
  await other.until('It goes on by itself.');
  other.press('ctrl-c');
  await expectRestored(other, exitCodes.interrupted.code);
});

test.each([
  ['narrower and lower', 60, 20],
  ['narrower', 60, 30],
  ['wider and higher', 120, 40],
])('a window that gets %s shows what one of that size shows', async (_, columns, rows) => {
  await using fresh = await open(['ask'], { columns, rows });
  await using resized = await open(['ask'], { columns: 100, rows: 30 });
  await fresh.until('Which project?');
  await resized.until('Which project?');
  resized.resize(columns, rows);
  await resized.until(() => resized.screen().join('\n') === fresh.screen().join('\n'));
  resized.press('down');
  fresh.press('down');
  const moved = () => fresh.screen().join('\n').includes('● acme-web');
  await fresh.until(moved);
  await resized.until(() => resized.screen().join('\n') === fresh.screen().join('\n'));
});

test('a window into which nothing fits any more does no harm', async () => {
  await using terminal = await open(['ask']);
  await terminal.until('Which project?');
  const before = terminal.screen();
  terminal.resize(9, 2);
  await terminal.until(() => !terminal.screen().join('\n').includes('Which project?'));
  terminal.press('down', 'up');
  terminal.resize(80, 24);
  await terminal.until(() => terminal.screen().join('\n') === before.join('\n'));
  terminal.press('ctrl-c');
  await expectRestored(terminal, exitCodes.interrupted.code);
});

describe('colour', () => {
  // Select Graphic Rendition with a colour in it: 30 to 49 and 90 to 107 (ECMA-48, xterm).
  // eslint-disable-next-line no-control-regex -- this is what is looked for
  const coloured = /\u001B\[(?:\d+;)*(?:3\d|4\d|9\d|10[0-7])[;m]/;
  async function frame(env: TerminalOptions['env']): Promise<string> {
    await using terminal = await open(['ask'], { env });
    await terminal.until('Which project?');
    terminal.press('ctrl-c');
    await terminal.ended();
    return terminal.raw().toString();
  }

  test('is there in a terminal that has it', async () => {
    expect(await frame({})).toMatch(coloured);
  });

  test.each([{ NO_COLOR: '1' }, { FORCE_COLOR: '0' }])('is not there with %j', async (env) => {
    expect(await frame(env)).not.toMatch(coloured);
  });
});
