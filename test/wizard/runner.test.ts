import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Journal } from '../../src/wizard/journal.ts';
import { run } from '../../src/wizard/runner.ts';
import { standing, type Session, type SessionEvent } from '../../src/wizard/session.ts';
import { freshJournal, shelfSteps, type Shelf } from './pretend-steps.ts';

const house = { root: [], a: ['root'], b: ['a'], c: ['a'], d: ['b', 'c'] };
const ids = Object.keys(house);

/** Walks the machine over a shelf and gives all that happened. */
async function walk(shelf: Shelf, approve: ReadonlySet<string> | undefined, given?: Journal) {
  const events: SessionEvent[] = [];
  const journal = given ?? (await freshJournal());
  const session = await run({
    steps: shelfSteps(house),
    tools: shelf,
    goal: null,
    journal,
    decide: () => Promise.resolve(approve),
    lacking: () => Promise.resolve(undefined),
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    pause: () => Promise.resolve(),
  });
  return { session, events };
}

const shelf = (ready: readonly string[] = ['root']): Shelf => ({
  value: new Map(ready.map((id) => [id, 1])),
  log: [],
});

const state = (session: Session, id: string) => session.nodes[id]?.state;

test('an act never precedes the approval of its step, nor the readiness of what it needs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(ids), fc.subarray(ids), async (ready, approved) => {
      const world = shelf(['root', ...ready]);
      const order: string[] = [];
      const steps = shelfSteps(house);
      await run({
        steps,
        tools: { ...world, log: order },
        goal: null,
        journal: await freshJournal(),
        decide: () => Promise.resolve(new Set(approved)),
        lacking: () => Promise.resolve(undefined),
        emit: (event, session) =>
          order.push(`${event.type} ${event.step} ${state(session, event.step) ?? ''}`),
        signal: new AbortController().signal,
        pause: () => Promise.resolve(),
      });
      for (const [at, entry] of order.entries()) {
        const id = /^act (\w+)$/.exec(entry)?.[1];
        if (id === undefined) continue;
        const before = order.slice(0, at);
        expect(before).toContain(`approve ${id} acting`);
        for (const need of house[id as keyof typeof house])
          expect(before.some((line) => line.startsWith(`seen-same ${need} ready`))).toBe(true);
        expect(approved).toContain(id);
      }
    }),
  );
});

test('after everything was approved, a second run acts on nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(ids), async (ready) => {
      const world = shelf(['root', ...ready]);
      const journal = await freshJournal();
      await walk(world, new Set(ids), journal);
      world.log.length = 0;
      const { session } = await walk(world, new Set(ids), journal);
      expect(standing(session)).toEqual({ status: 'ready', exit: 'done' });
      expect(world.log.filter((line) => line.startsWith('act'))).toEqual([]);
    }),
  );
});

test('a run that only looks leaves every difference as it is', async () => {
  const world = shelf();
  const { session } = await walk(world, undefined);
  expect(ids.map((id) => state(session, id))).toEqual(['ready', 'differs', 'differs', 'differs', 'differs']);
  expect(standing(session).exit).toBe('differs');
  expect(world.log.every((line) => line.startsWith('look'))).toBe(true);
});

test('what needs a failed step is left alone, and its sibling is finished', async () => {
  const world: Shelf = { ...shelf(), broken: { step: 'b', when: 'act' } };
  const { session } = await walk(world, new Set(ids));
  expect(ids.map((id) => state(session, id))).toEqual(['ready', 'ready', 'failed', 'ready', 'differs']);
  expect(standing(session)).toEqual({ status: 'failed', exit: 'cloud' });
});

test('what rests on a failed step from further up is left alone, though what it needs itself is ready', async () => {
  const world: Shelf = { ...shelf(['root', 'b', 'c']), broken: { step: 'a', when: 'act' } };
  const { session } = await walk(world, new Set(ids));
  expect(ids.map((id) => state(session, id))).toEqual(['ready', 'failed', 'ready', 'ready', 'differs']);
  expect(world.log).not.toContain('act d');
});

test('nothing acts where one step cannot be seen', async () => {
  const world: Shelf = { ...shelf(), broken: { step: 'c', when: 'look' } };
  const { session } = await walk(world, new Set(ids));
  expect(state(session, 'c')).toBe('blocked');
  expect(world.log.filter((line) => line.startsWith('act'))).toEqual([]);
});

test('where the first step cannot be seen, no other is looked at', async () => {
  const world: Shelf = { ...shelf(), broken: { step: 'root', when: 'look' } };
  const { session } = await walk(world, new Set(ids));
  expect(ids.map((id) => state(session, id))).toEqual([
    'blocked',
    'pending',
    'pending',
    'pending',
    'pending',
  ]);
  expect(world.log).toEqual(['look root']);
});

test('a declined step is declined, and what needs it does not act', async () => {
  const world = shelf();
  const { session } = await walk(world, new Set(['a', 'c', 'd']));
  expect(ids.map((id) => state(session, id))).toEqual(['ready', 'ready', 'declined', 'ready', 'differs']);
  expect(world.log).not.toContain('act d');
});

test('what would change beyond the permissions of the operator is blocked before anything is asked', async () => {
  const world = shelf();
  let asked = 0;
  const session = await run({
    steps: shelfSteps(house),
    tools: world,
    goal: null,
    journal: await freshJournal(),
    decide: () => {
      asked++;
      return Promise.resolve(new Set(ids));
    },
    lacking: () =>
      Promise.resolve({ mover: 'person', what: 'no', next: 'ask', exit: 'blocked', missing: ['p'] }),
    emit: () => undefined,
    signal: new AbortController().signal,
    pause: () => Promise.resolve(),
  });
  expect(asked).toBe(0);
  expect(standing(session)).toEqual({ status: 'blocked', exit: 'blocked' });
  expect(world.log.every((line) => line.startsWith('look'))).toBe(true);
});

test('cancelling ends the run and no later step acts', async () => {
  const world = shelf();
  const stop = new AbortController();
  const running = run({
    steps: shelfSteps(house),
    tools: world,
    goal: null,
    journal: await freshJournal(),
    decide: () => Promise.resolve(new Set(ids)),
    lacking: () => Promise.resolve(undefined),
    emit: (event) => {
      if (event.type === 'acted') stop.abort(new Error('stop'));
    },
    signal: stop.signal,
    pause: () => Promise.resolve(),
  });
  await expect(running).rejects.toThrow('stop');
  expect(world.log.filter((line) => line.startsWith('act'))).toEqual(['act a']);
});

test('what stays aside stops nothing that rests on it, and is what the run ends with once all else is ready', async () => {
  const world = { ...shelf(), aside: 'b' };
  const looked = await walk(world, undefined);
  expect(standing(looked.session)).toEqual({ status: 'differs', exit: 'differs' });
  const { session } = await walk(world, new Set(ids));
  expect(ids.map((id) => state(session, id))).toEqual(['ready', 'ready', 'blocked', 'ready', 'ready']);
  expect(standing(session)).toEqual({ status: 'blocked', exit: 'blocked' });
});
