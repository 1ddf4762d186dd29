import { afterEach, expect, test, vi } from 'vitest';
import type { TextQuestion } from '../../src/wizard/question.ts';
import { draw, endAll, keys } from './draw.tsx';
import { view } from './panels/examples.ts';
import { projectId } from './views.ts';

afterEach(endAll);

const typing = (more: Partial<TextQuestion> = {}) =>
  view({ question: { ...projectId, ...more }, session: undefined });
const fine = { check: () => undefined };

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
  await vi.waitFor(() => expect(screen.frame()).toContain('checking…'), { timeout: 20_000 });
  await screen.press('2', keys.enter);
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.say('is taken');
  await vi.waitFor(() => expect(asked[1]?.text).toBe('first2'), { timeout: 20_000 });
  expect(screen.answers).toEqual([]);
  expect(screen.frame()).not.toContain('is taken');
  asked[1]?.say();
  await vi.waitFor(() => expect(screen.answers).toEqual([{ kind: 'typed', text: 'first2' }]), {
    timeout: 20_000,
  });
});

test('what the cloud has against it is said, and enter does not go through', async () => {
  const screen = draw(typing({ ...fine, confirm: () => Promise.resolve('is taken; acme-video-2 is free') }));
  await screen.press(keys.enter);
  await vi.waitFor(() => expect(screen.frame()).toContain('! is taken; acme-video-2 is free'), {
    timeout: 20_000,
  });
  await screen.press(keys.enter);
  expect(screen.answers).toEqual([]);
});

test('a cloud that cannot be asked does not stand in the way', async () => {
  const screen = draw(typing({ ...fine, confirm: () => Promise.reject(new Error('offline')) }));
  await vi.waitFor(() => expect(screen.frame()).toContain('could not be checked'), { timeout: 20_000 });
  await screen.press(keys.enter);
  expect(screen.answers).toEqual([{ kind: 'typed', text: 'acme' }]);
});
