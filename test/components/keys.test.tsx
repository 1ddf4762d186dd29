import { afterEach, describe, expect, test, vi } from 'vitest';
import type { View } from '../../components/view.ts';
import type { TextQuestion } from '../../src/wizard/question.ts';
import { draw, endAll, keys } from './draw.tsx';
import { view } from './panels/examples.ts';
import { manyProjects, project, projectId, someProjects, views } from './views.ts';

afterEach(endAll);

const seen = (name: string): View => {
  const found = views[name];
  if (found === undefined) throw new Error(`no view "${name}"`);
  return found;
};
const asking = (question: View['question'], asked = 1): View => view({ question, asked, session: undefined });
const typing = (more: Partial<TextQuestion> = {}) => asking({ ...projectId, ...more });
const fine = { check: () => undefined };

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
    await vi.waitFor(() => expect(screen.answers).toEqual([{ kind: 'back' }]));
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

describe('typing', () => {
  test('what is wrong is said at every key, and enter does not go through', async () => {
    const screen = draw(typing());
    expect(screen.frame()).toContain('! 6 to 30 small letters');
    await screen.press(keys.enter, '-', '1', '2');
    expect(screen.answers).toEqual([]);
    expect(screen.frame()).not.toContain('6 to 30');
    await screen.press(keys.enter);
    expect(screen.answers).toEqual([{ kind: 'typed', text: 'acme-12' }]);
  });

  test('the line can be edited', async () => {
    const screen = draw(typing({ ...fine, value: 'acme' }));
    await screen.press(keys.home, 'x', keys.right, keys.delete, keys.end, keys.backspace, '!');
    await screen.press(keys.control('a'), '1', keys.control('e'), '2', keys.enter);
    expect(screen.answers).toEqual([{ kind: 'typed', text: '1xam!2' }]);
  });

  test('a paste loses its line breaks and its control characters', async () => {
    const screen = draw(typing({ ...fine, value: '' }));
    await screen.press(keys.paste('acme\r\n-video\u0007\n'));
    expect(screen.answers).toEqual([]);
    await screen.press(keys.enter);
    expect(screen.answers).toEqual([{ kind: 'typed', text: 'acme-video' }]);
  });

  test('a question mark is text, and help has a key of its own', async () => {
    const screen = draw(typing({ ...fine, value: 'so' }));
    await screen.press('?');
    expect(screen.frame()).toContain('so?▏');
    await screen.press(keys.control('g'));
    expect(screen.frame()).toContain('Where am I');
    await screen.press('x', keys.escape, keys.enter);
    expect(screen.answers).toEqual([{ kind: 'typed', text: 'so?' }]);
  });

  test('what is typed survives an update of the question', async () => {
    const screen = draw(typing());
    await screen.press('-', 'x', 'y');
    await screen.show(typing({ check: () => 'taken', notes: [{ tone: 'note', text: 'acme-xy is taken' }] }));
    expect(screen.frame()).toContain('acme-xy▏');
    expect(screen.frame()).toContain('! taken');
  });

  test('enter waits for the cloud, and what the cloud says about an older text counts for nothing', async () => {
    const asked: { text: string; signal: AbortSignal; say: (why?: string) => void }[] = [];
    const confirm = (text: string, signal: AbortSignal) =>
      new Promise<string | undefined>((say) => asked.push({ text, signal, say }));
    const screen = draw(typing({ ...fine, value: 'first', confirm }));
    await vi.waitFor(() => expect(screen.frame()).toContain('checking…'));
    await screen.press('2', keys.enter);
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.say('is taken');
    await vi.waitFor(() => expect(asked[1]?.text).toBe('first2'));
    expect(screen.answers).toEqual([]);
    expect(screen.frame()).not.toContain('is taken');
    asked[1]?.say();
    await vi.waitFor(() => expect(screen.answers).toEqual([{ kind: 'typed', text: 'first2' }]));
  });

  test('what the cloud has against it is said, and enter does not go through', async () => {
    const screen = draw(
      typing({ ...fine, confirm: () => Promise.resolve('is taken; acme-video-2 is free') }),
    );
    await screen.press(keys.enter);
    await vi.waitFor(() => expect(screen.frame()).toContain('! is taken; acme-video-2 is free'));
    await screen.press(keys.enter);
    expect(screen.answers).toEqual([]);
  });

  test('a cloud that cannot be asked does not stand in the way', async () => {
    const screen = draw(typing({ ...fine, confirm: () => Promise.reject(new Error('offline')) }));
    await vi.waitFor(() => expect(screen.frame()).toContain('could not be checked'));
    await screen.press(keys.enter);
    expect(screen.answers).toEqual([{ kind: 'typed', text: 'acme' }]);
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
    await vi.waitFor(() => expect(screen.frame()).toContain('7 s'), { timeout: 5000 });
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
