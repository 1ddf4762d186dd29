import { afterEach, expect, test, vi } from 'vitest';
import { newSession, reduce, type SessionEvent } from '../../../src/wizard/session.ts';
import { never, openDesk } from './desk.ts';
import { cards, roleChange, text } from './questions.ts';

afterEach(() => vi.useRealTimers());

test('the header is one sentence, printed when it changes', () => {
  const desk = openDesk({ columns: 100 });
  desk.conversation.header({});
  desk.conversation.header({ operator: 'ada@acme.com' });
  desk.conversation.header({ operator: 'ada@acme.com' });
  desk.conversation.header({
    profile: 'Remotion Cloud Run',
    project: 'acme',
    operator: 'ada@acme.com',
    badge: 'http://x/',
  });
  desk.conversation.header({ profile: 'Remotion Cloud Run', badge: 'simulated' });
  expect(desk.paper()).toBe(
    [
      '  Signed in as ada@acme.com.',
      '  Remotion Cloud Run in acme, signed in as ada@acme.com, on http://x/, which is not Google.',
      '  Remotion Cloud Run, on a simulated cloud, which is not Google.',
      '',
    ].join('\n'),
  );
});

test('what goes on is told once, again with the time it took, and no more when it is over', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const desk = openDesk();
  desk.conversation.busy('looking for ways to sign in');
  desk.conversation.busy('looking for ways to sign in');
  vi.advanceTimersByTime(4999);
  expect(desk.paper()).toBe('  Looking for ways to sign in.\n');
  vi.advanceTimersByTime(1);
  desk.conversation.busy('reading projects');
  desk.conversation.busy(undefined);
  vi.advanceTimersByTime(60_000);
  expect(desk.paper()).toBe(
    '  Looking for ways to sign in.\n  Still looking for ways to sign in: 5.0 s.\n  Reading projects.\n',
  );
});

test('a check of more than a second says that it goes on', async () => {
  const desk = openDesk();
  let finish = (): void => undefined;
  const checked = new Promise<undefined>((resolve) => (finish = () => resolve(undefined)));
  let begun = (): void => undefined;
  const checking = new Promise<void>((resolve) => (begun = resolve));
  const confirm = () => {
    begun();
    return checked;
  };
  const answer = desk.conversation.ask(text({ confirm }), never);
  await desk.asked();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  desk.press('abc\r');
  await checking;
  vi.advanceTimersByTime(1000);
  expect(desk.paper()).toMatch(/: abc\n {2}Still checking\.\n {2}Role ID \(Enter takes RemotionSA\): abc$/);
  finish();
  expect(await answer).toEqual({ kind: 'typed', text: 'abc' });
});

const found: SessionEvent[] = [
  { step: 'role', type: 'look' },
  { step: 'role', type: 'seen-else', changes: [roleChange], facts: [] },
  { step: 'role', type: 'approve' },
  { step: 'role', type: 'acted' },
  { step: 'role', type: 'seen-same', facts: [{ tone: 'note', text: 'RemotionSA made' }] },
];

test('the session is told as the text face does, below a prompt that is open, and afresh in every run', async () => {
  const desk = openDesk({ columns: 100 });
  desk.conversation.steps(cards);
  const answer = desk.conversation.ask(text(), never);
  await desk.asked();
  await desk.type('ab');
  for (let run = 0; run < 2; run++) {
    let session = newSession(['role']);
    desk.conversation.session(session);
    for (const event of found) {
      session = reduce(session, event);
      desk.conversation.session(session, event);
    }
  }
  const told = desk.paper().slice(desk.paper().indexOf(': ab') + 4);
  expect(
    told.match(/●.* Custom role +RemotionSA\n {2}Role ID \(Enter takes RemotionSA\): ab\n/g),
  ).toHaveLength(2);
  expect(told.match(/✓.* Custom role +RemotionSA made; took 0\.0 s\n {2}Role ID/g)).toHaveLength(2);
  desk.press('c\r');
  expect(await answer).toEqual({ kind: 'typed', text: 'abc' });
});

test('another program has the terminal as it is', async () => {
  const desk = openDesk();
  expect(await desk.conversation.handOver(() => Promise.resolve(desk.stdin.listenerCount('data')))).toBe(0);
});
