import { afterEach, describe, expect, test, vi } from 'vitest';
import type { View } from '../../components/view.ts';
import { draw, endAll, keys } from './draw.tsx';
import { view } from './panels/examples.ts';
import { manyProjects, project, someProjects, views } from './views.ts';

afterEach(endAll);

const seen = (name: string): View => {
  const found = views[name];
  if (found === undefined) throw new Error(`no view "${name}"`);
  return found;
};
const asking = (question: View['question'], asked = 1): View => view({ question, asked, session: undefined });

describe('choosing', () => {
  test('enter chooses what has the focus; what cannot be chosen is passed over', async () => {
    const screen = draw(asking(project(someProjects)));
    await screen.press(keys.down, keys.enter);
    expect(screen.answers).toEqual([{ kind: 'chosen', id: 'acme-wide' }]);
  });

  test('typing filters, counts, and chooses', async () => {
    const screen = draw(asking(project(manyProjects(5000))));
    await screen.press('-', '0', '0', '1');
    expect(screen.frame()).toContain('10 of 5,000');
    expect(screen.frame()).toContain('○ Type an ID');
    await screen.press(keys.end, keys.enter);
    expect(screen.answers).toEqual([{ kind: 'chosen', id: 'create' }]);
  });

  test('letters that are keys elsewhere are typed', async () => {
    const screen = draw(asking(project(someProjects)));
    await screen.press('q', 'j', 'd');
    expect(screen.frame()).toContain('qjd');
    expect(screen.answers).toEqual([]);
  });

  test('escape clears what is typed before it goes back', async () => {
    const screen = draw(asking(project(someProjects)));
    await screen.press('v', 'i');
    expect(screen.frame()).toContain('esc clear');
    await screen.press(keys.escape);
    expect(screen.answers).toEqual([]);
    expect(screen.frame()).toContain('esc back');
    await screen.press(keys.escape);
    expect(screen.answers).toEqual([{ kind: 'back' }]);
  });

  test('an escape of a terminal that says no more than escape is understood', async () => {
    const screen = draw(asking(project(someProjects)));
    await screen.press(keys.loneEscape);
    await vi.waitFor(() => expect(screen.answers).toEqual([{ kind: 'back' }]), { timeout: 20_000 });
  });

  test('a list that grows keeps its place and its filter', async () => {
    const screen = draw(asking(project(manyProjects(20), { loading: true })));
    await screen.press('-', '0', '0', '1', keys.down);
    expect(screen.frame()).toContain('● acme-0011');
    await screen.show(asking(project([{ id: 'acme-00000', label: 'acme-00000' }, ...manyProjects(200)])));
    expect(screen.frame()).toContain('● acme-0011');
    expect(screen.frame()).toContain('10 of 201');
  });

  test('a new question begins afresh', async () => {
    const screen = draw(asking(project(someProjects)));
    await screen.press('w', 'i');
    await screen.show(asking(project(someProjects), 2));
    expect(screen.frame()).toContain('type to find a project');
  });

  test('a long list is scrolled so that the focus is seen', async () => {
    const screen = draw(asking(project(manyProjects(5000))), { columns: 40, rows: 20 });
    await screen.press(...Array.from({ length: 30 }, () => keys.down));
    expect(screen.frame()).toContain('● acme-0030');
    expect(screen.frame()).toMatch(/↑ \d+ more {2}↓ 4,9\d\d more/);
  });

  test('several keys that arrive at once are all taken', async () => {
    const screen = draw(asking(project(someProjects)));
    await screen.press('emoji\r');
    expect(screen.answers).toEqual([{ kind: 'chosen', id: 'acme-emoji' }]);
  });
});

describe('before anything is made', () => {
  test.each([
    ['reading the plan', keys.enter, { kind: 'yes' }],
    ['reading the plan', 's', { kind: 'step-by-step' }],
    ['reading the plan', 'e', { kind: 'edit' }],
    ['reading the plan', 'n', { kind: 'no' }],
    ['reading the plan', keys.escape, { kind: 'back' }],
    ['reading the plan', 'q', { kind: 'leave' }],
    ['reading the plan', '\u0003', { kind: 'leave' }],
    ['before one step', keys.enter, { kind: 'yes' }],
    ['before one step', 'e', { kind: 'edit' }],
    ['before one step', 'n', { kind: 'no' }],
    ['a problem', keys.enter, { kind: 'chosen', id: 'retry' }],
    ['a problem', 's', { kind: 'chosen', id: 'skip' }],
    ['a problem', keys.escape, { kind: 'back' }],
    ['typing a project ID', '\u0003', { kind: 'leave' }],
  ])('%s: %j answers %j', async (name, key, answer) => {
    const screen = draw(seen(name));
    await screen.press(key);
    expect(screen.answers).toEqual([answer]);
  });

  test('a problem is answered by arrows as well', async () => {
    const screen = draw(seen('a problem'));
    await screen.press(keys.down, keys.down, keys.enter);
    expect(screen.answers).toEqual([{ kind: 'chosen', id: 'sign-in' }]);
  });

  test('details open over the panel and close before anything goes back', async () => {
    const screen = draw(seen('before one step'));
    const before = screen.frame();
    await screen.press('d');
    expect(screen.frame()).toContain('iam.serviceAccounts.actAs');
    await screen.press(keys.escape);
    expect(screen.frame()).toBe(before);
    expect(screen.answers).toEqual([]);
  });

  test('the commands are copied, which is said until the next key', async () => {
    const screen = draw(seen('before one step'));
    await screen.press('c');
    expect(screen.copied).toEqual([expect.stringMatching(/^gcloud iam roles create RemotionSA/)]);
    expect(screen.frame()).toContain('Sent to the clipboard.');
    await screen.press(keys.down);
    expect(screen.frame()).not.toContain('Sent to the clipboard.');
  });

  test('what is longer than the panel is scrolled to its end and back', async () => {
    const screen = draw(seen('reading a long plan'));
    expect(screen.frame()).toContain('Role0');
    await screen.press(keys.end);
    expect(screen.frame()).toMatch(/Role59[^]*↑ \d+ more\n/);
    await screen.press('k', 'j', keys.pageUp, keys.pageDown, keys.home);
    expect(screen.frame()).toContain('Role0');
    expect(screen.frame()).not.toContain('↑');
  });

  test('text that a terminal does not mark as pasted answers nothing', async () => {
    const screen = draw(seen('reading the plan'));
    await screen.press('yes\r', keys.paste('y\r'));
    expect(screen.answers).toEqual([]);
  });

  test('a question is answered once, however often enter is pressed', async () => {
    const screen = draw(seen('reading the plan'), { keeps: true });
    await screen.press(keys.enter, keys.enter, 'n');
    expect(screen.answers).toEqual([{ kind: 'yes' }]);
    await screen.press('q');
    expect(screen.interrupts()).toBe(1);
  });

  test('nothing goes back at a wall', async () => {
    const screen = draw(seen('signing in'));
    expect(screen.frame()).not.toContain('esc');
    await screen.press(keys.escape);
    expect(screen.answers).toEqual([]);
  });
});

describe('while no question is open', () => {
  test.each(['q', '\u0003'])('%j interrupts', async (key) => {
    const screen = draw(seen('acting'));
    await screen.press(key);
    expect(screen.interrupts()).toBe(1);
    expect(screen.answers).toEqual([]);
  });

  test('the seconds go on by the clock', async () => {
    let now = 0;
    const screen = draw(seen('nothing known yet'), { clock: () => now });
    expect(screen.frame()).toContain('3 s');
    now = 4000;
    await vi.waitFor(() => expect(screen.frame()).toContain('7 s'), { timeout: 20_000 });
  });
});

test('a key that was only meant to stop a demo does nothing else', async () => {
  const pressed = vi.fn(() => pressed.mock.calls.length === 1);
  const screen = draw(seen('reading the plan'), { pressed });
  await screen.press('n');
  expect(screen.answers).toEqual([]);
  await screen.press('n');
  expect(screen.answers).toEqual([{ kind: 'no' }]);
});
