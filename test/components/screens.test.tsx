import { afterEach, describe, expect, test, vi } from 'vitest';
import { hintLines } from '../../components/hints.ts';
import { ascii } from '../../components/theme.ts';
import { printable } from '../../src/print/printable.ts';
import { widthOf } from '../../src/print/width.ts';
import { draw, endAll, keys, sizes, type Drawn } from './draw.tsx';
import { newRole, planOf } from './panels/examples.ts';
import { views } from './views.ts';

afterEach(endAll);

const all = Object.entries(views);
const named = (size: { columns: number; rows: number }) => `${size.columns}×${size.rows}`;
/** Keys that are never dropped from the hints where they do something. */
const leaving = /(?:q|ctrl-c) leave\s*$/;

function check(screen: Drawn, { columns, rows }: { columns: number; rows: number }): void {
  const drawn = screen.lines();
  expect(drawn.length).toBeLessThan(rows);
  for (const line of drawn) {
    expect(widthOf(line), line).toBeLessThanOrEqual(columns - 2);
    expect(printable(line)).toBe(line);
    expect(line === '' || line.startsWith('  '), line).toBe(true);
  }
  expect(drawn.at(-1)).toMatch(leaving);
}

describe.each(sizes.map((size) => [named(size), size] as const))('at %s', (_, size) => {
  test.each(all)('%s fits, shows its keys, and obeys nothing it is told', (name, view) => {
    const drawn = draw(view, size);
    check(drawn, size);
    const text = drawn.frame();
    if (view.question?.canGoBack === true) expect(text).toContain('esc back');
    if (view.question !== undefined) expect(text).toContain('↵ ');
    if (view.header.badge === 'simulated') expect(text).toContain('simulated');
    if (view.question?.kind === 'choice' && !name.includes('hostile')) {
      const focused = view.question.options.find(({ unavailable }) => unavailable === undefined);
      expect(text).toContain(`● ${focused?.label.slice(0, 12) ?? ''}`);
      for (const option of view.question.options)
        if (option.pinned === true) expect(text).toContain(`○ ${option.label}`);
    }
  });

  if (size.rows === 24 && size.columns === 60) return; // what follows differs little between the sizes

  test.each(all)('%s fits in ASCII as well, and then we draw nothing else', (name, view) => {
    const drawn = draw(view, { ...size, marks: ascii });
    check(drawn, size);
    if (/hostile|wide|choosing a project/.test(name)) return;
    expect(drawn.frame()).toMatch(/^[\n\x20-\x7e]*$/);
  });

  if (size.rows === 40) return;

  test.each(all)('the help of %s fits, names its keys and can be closed', async (_name, view) => {
    const drawn = draw(view, size);
    const before = drawn.frame();
    await drawn.press(view.question?.kind === 'text' ? '\u0007' : '?');
    check(drawn, size);
    expect(drawn.frame()).toContain('Where am I');
    expect(drawn.frame()).toContain('close');
    await drawn.press('\u001b[27u');
    expect(drawn.frame()).toBe(before);
    expect(drawn.answers).toEqual([]);
  });
});

test.each(['choosing among 5,000 projects', 'reading the plan', 'acting'])(
  '%s is drawn anew for a terminal that changes its size',
  async (name) => {
    const drawn = draw(views[name] ?? fail(), { columns: 120, rows: 40 });
    for (const size of [...sizes, { columns: 30, rows: 12 }, { columns: 8, rows: 3 }]) {
      drawn.resize(size.columns, size.rows);
      await vi.waitFor(
        () => {
          expect(drawn.lines().length).toBeLessThan(size.rows);
          expect(drawn.lines().filter((line) => widthOf(line) > size.columns)).toEqual([]);
        },
        { timeout: 20_000 },
      );
    }
  },
);

describe('the rail', () => {
  test('stands at the left, wider where there is room', () => {
    const at = (columns: number) => draw(views['acting'] ?? fail(), { columns }).lines()[3] ?? '';
    expect(at(80).indexOf('Working')).toBe(2 + 16 + 2);
    expect(at(120).indexOf('Working')).toBe(2 + 20 + 4);
  });

  test('is one line where there is none', () => {
    const lines = draw(views['before one step'] ?? fail(), { columns: 59 }).lines();
    expect(lines[3]).toBe('  ✓~●~~~~  3/7 Custom role');
  });

  test('marks where we are by more than colour, whatever its state', () => {
    const at = (name: string) => draw(views[name] ?? fail()).frame();
    expect(at('before one step')).toMatch(/\n {2}~ Services\b.*\n {2}● Custom role\b.*\n {2}~ Account\b/);
    expect(at('a problem')).toMatch(/\n {2}~ Account\b.*\n {2}● Grant\b.*\n {2}~ Key\b/);
  });

  test('gives its room to the plan, and stands in the header then', () => {
    const at = (columns: number) => draw(views['reading the plan'] ?? fail(), { columns }).lines();
    expect(at(80)[1]).toMatch(/^ {2}ada@acme.com {50,}✓~~~~~~$/);
    expect(at(80)[3]).toMatch(/^ {2}This is everything/);
    expect(at(120)[3]).toMatch(/^ {2}✓ Project {13,}This is everything/);
  });

  test('begins with signing in and the profile until these are settled', () => {
    const text = draw(views['choosing a profile'] ?? fail()).frame();
    expect(text).toMatch(/✓ Sign in .*\n.*● Profile .*\n.*○ Project .*\n +…/);
    expect(draw(views['reading the plan'] ?? fail()).frame()).not.toContain('Sign in');
  });
});

describe('the hints', () => {
  const act = () => undefined;
  const bindings = [
    { keys: ['enter'], label: 'do it', act },
    { keys: ['d'], label: 'details', act },
    { keys: ['c'], label: 'copy gcloud', short: 'copy', act },
    { keys: ['x'], label: 'hidden', act, hidden: true as const },
    { keys: ['escape'], label: 'back', act },
    { keys: ['q'], label: 'leave', act },
  ];
  const shown = (width: number) =>
    hintLines(bindings, width, 1, ascii).map((line) => line.map(({ text }) => text).join(''));

  test('say everything where there is room', () => {
    expect(shown(80)).toEqual(['enter do it  d details  c copy gcloud  esc back  q leave']);
  });
  test('are shorter before they are fewer', () => {
    expect(shown(52)).toEqual(['enter do it  d details  c copy  esc back  q leave']);
    const more = [...bindings.slice(0, 3), { keys: ['n'], label: 'change nothing', short: 'no', act }];
    const line = hintLines(more, 44, 1, ascii).map((each) => each.map(({ text }) => text).join(''));
    expect(line).toEqual(['enter do it  d details  c copy gcloud  n no']);
    expect(shown(45)).toEqual(['enter do it  d details  esc back  q leave']);
  });
  test('never drop going on, going back and leaving', () => {
    expect(shown(32)).toEqual(['enter do it  esc back  q leave']);
  });
});

describe('a problem', () => {
  const denied = views['nothing may be done'] ?? fail();

  test('shows the next step and every way on at 40×20, and all of it on d', async () => {
    const drawn = draw(denied, { columns: 40, rows: 20 });
    expect(drawn.frame()).toContain('Next    ask an owner');
    for (const way of ['retry', 'sign in', 'skip', 'leave']) expect(drawn.frame()).toContain(way);
    expect(drawn.frame()).not.toContain('iam.roles.create');
    await drawn.press('d');
    expect(drawn.frame()).toContain('close');
    await drawn.press(keys.end);
    expect(drawn.frame()).toContain('iam.serviceAccountKeys.create');
    await drawn.press('d');
    expect(drawn.frame()).toContain('retry');
    expect(drawn.answers).toEqual([]);
  });

  test('tells below the ways what has no room beside one', async () => {
    const drawn = draw(denied, { rows: 30 });
    await drawn.press(keys.down, keys.down);
    expect(drawn.frame().replaceAll(/\s+/g, ' ')).toContain('what rests on it: Grant, Key, Validate');
  });
});

test('the help of a plan says what taking it back means, where anything stays', async () => {
  const plan = views['reading the plan'] ?? fail();
  const help = async (undo?: string) => {
    const drawn = draw({ ...plan, question: { ...planOf(newRole), ...(undo !== undefined && { undo }) } });
    await drawn.press('?');
    return drawn.frame().replaceAll(/\s+/g, ' ');
  };
  expect(await help()).toContain('Nothing is written yet. Esc goes back');
  expect(await help('A command takes it back.')).toContain('A command takes it back. Esc goes back');
});

describe('a demo that plays itself', () => {
  const playing = {
    ...(views['signing in'] ?? fail()),
    narration: 'Ada owns the project.',
    suggesting: true,
  };

  test('says that any key takes over, and sets what it tells apart by a mark', () => {
    expect(draw(playing).frame()).toMatch(
      /\n {2}» Ada owns the project\.\n {2}any key takes over {2}ctrl-c leave$/m,
    );
    expect(draw(playing, { marks: ascii }).frame()).toContain('\n  >> Ada owns');
  });

  test('says so aloud', () => {
    expect(draw(playing, { spoken: true }).frame()).toContain('Any key takes over.');
  });

  test('has keys again once somebody took over', () => {
    const frame = draw({ ...playing, suggesting: false, narration: undefined }).frame();
    expect(frame).not.toContain('takes over');
    expect(frame).toContain('↵ choose');
  });
});

describe('without colour', () => {
  test('nothing but text is written', () => {
    for (const [, view] of all) {
      const drawn = draw(view, { colour: false });
      expect(drawn.frame()).not.toContain('\u001b');
      drawn.end();
    }
  });
});

describe('read aloud', () => {
  test.each(all)('%s is sentences in order, without signs or art', (name, view) => {
    const text = draw(view, { spoken: true }).frame();
    expect(text).toMatch(/^iamready/);
    expect(text).toContain('Keys: ');
    expect(text).toContain('listitem: ');
    for (const line of text.split('\n')) expect(printable(line)).toBe(line);
    if (!/hostile|wide|choosing a project/.test(name)) expect(text).not.toMatch(/[●○✓✗▏→…│]| {3}/);
  });

  test('a list says what is chosen and what cannot be', () => {
    const text = draw(views['signing in'] ?? fail(), { spoken: true }).frame();
    expect(text).toContain('listbox: option: (selected) ada@acme.com, Application Default Credentials');
    expect(text).toContain('option: (disabled) ada@acme.com, gcloud is not installed');
  });

  test('a field says its name and what is in it', () => {
    const text = draw(views['typing a project ID'] ?? fail(), { spoken: true }).frame();
    expect(text).toContain('textbox: Project ID: acme');
    expect(text).toContain('Attention: 6 to 30 small letters');
  });
});

function fail(): never {
  throw new Error('no such view');
}
