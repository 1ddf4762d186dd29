import { expect, test } from 'vitest';
import { createStore, emptyView, withBusy, withSession } from '../../../src/faces/tui/store.ts';
import type { Problem } from '../../../src/wizard/problem.ts';
import { newSession, reduce, type SessionEvent } from '../../../src/wizard/session.ts';

const problem: Problem = { mover: 'cloud', what: 'it failed', next: 'try again', exit: 'cloud' };

/** The spans after events of the step "role", each `at` its time. */
function spansAfter(...events: [at: number, event: SessionEvent][]) {
  let session = newSession(['role']);
  let view = withSession(emptyView, session, undefined, 0);
  for (const [at, event] of events) {
    session = reduce(session, event);
    view = withSession(view, session, event, at);
  }
  return view.spans;
}

const role = { step: 'role' };
const looked: [number, SessionEvent][] = [
  [1, { ...role, type: 'look' }],
  [4, { ...role, type: 'seen-else', facts: [], changes: [] }],
];

test('a step is at work while it is looked at', () => {
  expect(spansAfter()).toEqual({});
  expect(spansAfter(...looked.slice(0, 1))).toEqual({ role: { began: 1 } });
  expect(spansAfter(...looked)).toEqual({ role: { began: 1, ended: 4 } });
});

test('a step is at work from its approval until it is seen or has failed', () => {
  const acted: [number, SessionEvent][] = [
    ...looked,
    [10, { ...role, type: 'approve' }],
    [
      12,
      {
        ...role,
        type: 'progress',
        progress: { waitingFor: 'every replica', elapsedMs: 2, usuallyMs: 60 },
      },
    ],
    [15, { ...role, type: 'acted' }],
  ];
  expect(spansAfter(...acted)).toEqual({ role: { began: 10 } });
  expect(spansAfter(...acted, [21, { ...role, type: 'seen-same', facts: [] }])).toEqual({
    role: { began: 10, ended: 21 },
  });
  expect(spansAfter(...acted, [22, { ...role, type: 'too-long', problem }])).toEqual({
    role: { began: 10, ended: 22 },
  });
});

test('a step that is declined was only looked at', () => {
  expect(spansAfter(...looked, [9, { ...role, type: 'decline' }])).toEqual({ role: { began: 1, ended: 4 } });
});

test('a new run forgets the times of the last', () => {
  const session = newSession(['role']);
  const before = { ...emptyView, spans: { role: { began: 1, ended: 2 } } };
  expect(withSession(before, session, undefined, 5)).toMatchObject({ session, spans: {} });
});

test('what goes on is told with when it began, and saying it twice does not begin it anew', () => {
  const busy = withBusy(emptyView, 'signing in', 5);
  expect(busy.busy).toEqual({ what: 'signing in', since: 5 });
  expect(withBusy(busy, 'signing in', 9)).toBe(busy);
  expect(withBusy(busy, 'listing projects', 9).busy).toEqual({ what: 'listing projects', since: 9 });
  expect(withBusy(busy, undefined, 9).busy).toBeUndefined();
});

test('those who draw are told of changes, and only of changes', () => {
  const store = createStore();
  let told = 0;
  const stop = store.subscribe(() => told++);
  store.change((view) => view);
  expect(told).toBe(0);
  store.change((view) => ({ ...view, narration: 'one' }));
  expect(told).toBe(1);
  expect(store.view().narration).toBe('one');
  stop();
  store.change((view) => ({ ...view, narration: 'two' }));
  expect(told).toBe(1);
});
