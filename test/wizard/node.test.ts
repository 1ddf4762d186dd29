import { expect, test } from 'vitest';
import { table, transition, TransitionError, type Node, type NodeEvent } from '../../src/wizard/node.ts';
import type { Problem } from '../../src/wizard/problem.ts';

const problem: Problem = { mover: 'person', what: 'w', next: 'n', exit: 'blocked' };
const change = { sign: '+', what: 'role', name: 'R', why: 'w', source: 's', requires: [] } as const;

const nodes: { [S in Node['state']]: Extract<Node, { state: S }> } = {
  pending: { state: 'pending' },
  looking: { state: 'looking' },
  ready: { state: 'ready', facts: [], changed: [] },
  differs: { state: 'differs', facts: [], changes: [change] },
  blocked: { state: 'blocked', problem },
  declined: { state: 'declined', changes: [change] },
  acting: { state: 'acting', changes: [change] },
  settling: { state: 'settling', changes: [change] },
  failed: { state: 'failed', problem },
};
const events: { [T in NodeEvent['type']]: Extract<NodeEvent, { type: T }> } = {
  look: { type: 'look' },
  'seen-same': { type: 'seen-same', facts: [] },
  'seen-else': { type: 'seen-else', facts: [], changes: [change] },
  cannot: { type: 'cannot', problem },
  approve: { type: 'approve' },
  decline: { type: 'decline' },
  acted: { type: 'acted' },
  failed: { type: 'failed', problem },
  'too-long': { type: 'too-long', problem },
};

/** The design's table, written out a second time: what is not here must be refused. */
const design = `
  pending look looking
  looking seen-same ready
  looking seen-else differs
  looking cannot blocked
  differs approve acting
  differs decline declined
  acting acted settling
  acting failed failed
  settling seen-same ready
  settling too-long failed
  blocked look looking
  failed look looking
  declined look looking
  ready look looking`
  .trim()
  .split('\n')
  .map((row) => row.trim().split(' '));

for (const state of Object.keys(nodes) as (keyof typeof nodes)[])
  for (const type of Object.keys(events) as (keyof typeof events)[]) {
    const to = design.find(([from, event]) => from === state && event === type)?.[2];
    test(`a ${state} step ${to === undefined ? 'refuses' : `becomes ${to} on`} "${type}"`, () => {
      if (to === undefined)
        expect(() => transition(nodes[state], events[type])).toThrow(new TransitionError(state, type));
      else expect(transition(nodes[state], events[type]).state).toBe(to);
    });
  }

test('the table has no row beyond the design', () => {
  const rows = Object.entries(table).flatMap(([from, row]) =>
    Object.entries(row).map(([on, to]) => [from, on, to]),
  );
  expect(rows.sort()).toEqual([...design].sort());
});

test('the changes that were approved are what a step shows while it acts, settles and is ready', () => {
  const acting = transition(nodes.differs, events.approve);
  const settling = transition(acting, events.acted);
  const ready = transition(settling, events['seen-same']);
  expect([acting, settling]).toMatchObject([{ changes: [change] }, { changes: [change] }]);
  expect(ready).toMatchObject({ state: 'ready', changed: [change] });
});
