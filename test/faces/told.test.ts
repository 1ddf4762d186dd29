import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { jsonFace } from '../../src/faces/json/json-face.ts';
import { textFace } from '../../src/faces/text/text-face.ts';
import { openTold, UnansweredError } from '../../src/faces/told.ts';
import { newSession, reduce } from '../../src/wizard/session.ts';
import { choice, plan, projects, text } from './plain/questions.ts';

const opening = { interrupted: () => undefined, tookOver: () => undefined };
const never = new AbortController().signal;

function openLog() {
  const out = new PassThrough({ encoding: 'utf8' });
  const log = () => String(out.read() ?? '');
  const face = textFace({ out, err: out, env: { LANG: 'C.UTF-8' }, width: 80 });
  return { out, log, face };
}

test('a question without an answer names the flag that gives it', async () => {
  const { out, log, face } = openLog();
  const told = openTold(face, opening, { out });
  const error: unknown = await told.ask(text(), never).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnansweredError);
  expect(error).toMatchObject({ question: { flag: '--role-id' } });
  expect(String(error)).toContain('"What is the role called?"; --role-id does');
  expect(log()).toBe('');
});

test('a suggested answer is told with the question, without a wait and without an escape', async () => {
  const { out, log, face } = openLog();
  const told = openTold(face, opening, { out });
  const answer = { kind: 'chosen', id: 'acme-2' } as const;
  const suggestion = { answer, narration: 'Any \u001b[31mproject serves.', afterMs: 3_600_000 };
  expect(await told.ask(choice(projects(2)), never, suggestion)).toBe(answer);
  const lines = log();
  expect(lines).toContain('  Which project?\n');
  expect(lines).toContain(String.raw`  Any \u001b[31mproject serves.` + '\n  > acme-2\n');
  expect(lines).not.toContain('\u001b');
});

test('a plan is shown by the face, and a reader at human speed can be waited for', async () => {
  const { out, log, face } = openLog();
  const waits: number[] = [];
  const pause = (ms: number) => Promise.resolve(void waits.push(ms));
  const told = openTold(face, opening, { out, width: 60, pause });
  await told.ask(plan(), never, { answer: { kind: 'yes' }, narration: 'All of it.', afterMs: 1500 });
  expect(waits).toEqual([1500]);
  expect(log()).toMatch(
    /\+ role +RemotionSA: 15 permissions\n[^]*1 change;[^]* {2}All of it\.\n {2}> yes\n$/,
  );
});

test('events go to the face alone, so that nothing but events is in JSON', async () => {
  const out = new PassThrough({ encoding: 'utf8' });
  const told = openTold(jsonFace(out), opening);
  const event = { step: 'role', type: 'look' } as const;
  told.session(newSession(['role']));
  told.session(reduce(newSession(['role']), event), event);
  told.narrate('Look.');
  told.busy('looking');
  await told.ask(plan(), never, { answer: { kind: 'yes' }, narration: 'All of it.', afterMs: 0 });
  const events = String(out.read()).trim().split('\n');
  expect(events.map((line): unknown => JSON.parse(line))).toEqual([
    { v: 1, type: 'step', step: 'role', state: 'looking' },
    expect.objectContaining({ type: 'plan' }),
  ]);
});

test('where the signal ended, nothing is answered any more', async () => {
  const { out, face } = openLog();
  const reason = new Error('over');
  const suggestion = { answer: { kind: 'yes' }, narration: 'All.', afterMs: 0 } as const;
  const asked = openTold(face, opening, { out }).ask(plan(), AbortSignal.abort(reason), suggestion);
  await expect(asked).rejects.toBe(reason);
});
