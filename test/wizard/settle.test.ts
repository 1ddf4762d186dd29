import { expect, test } from 'vitest';
import { anyStep } from '../../src/wizard/attempt.ts';
import { settle } from '../../src/wizard/observe.ts';
import { freshJournal } from './pretend-steps.ts';

/** Settles a step whose readings come one by one from a script; three must agree. Gives the ending, and how it was read. */
async function settled(script: readonly ('wanted' | 'old')[]) {
  const left = [...script];
  const log: string[] = [];
  let reading = 0;
  const step = anyStep<null, string, null, null>({
    ...{ id: 'a', title: 'a', why: 'a', undo: 'a', needs: [] },
    settling: { agree: 3, usuallyMs: 1, patienceMs: 1000 },
    want: () => null,
    async look() {
      const seen = left.shift() ?? 'wanted';
      log.push(`${++reading} at once`);
      await Promise.resolve();
      reading--;
      return seen;
    },
    compare: (_, seen) =>
      seen === 'wanted' ? [] : [{ sign: '~', what: 'a', name: 'a', why: 'a', source: 'a', requires: [] }],
    facts: () => [],
    act: () => Promise.resolve({}),
    waiting: (_, seen) => ({ waitingFor: `more than ${seen ?? 'nothing'}` }),
    problem: () => ({ mover: 'cloud', what: 'never', next: 'again', exit: 'cloud' }),
  });
  const { signal } = new AbortController();
  const pause = (): Promise<void> => {
    log.push('pause');
    return Promise.resolve();
  };
  const ending = await settle(
    step.begin(null, null, await freshJournal(), signal),
    pause,
    signal,
    (progress) => log.push(progress.waitingFor),
  );
  return { ending, log };
}

test('readings that must agree are taken side by side, since none depends on another', async () => {
  const { ending, log } = await settled(['wanted', 'wanted', 'wanted']);
  expect(ending).toMatchObject({ changes: [], waits: [] });
  expect(log).toEqual(['1 at once', '2 at once', '3 at once']);
});

test('after a reading that says otherwise, one goes ahead, and four times as many must agree', async () => {
  const lucky = Array<'wanted'>(11).fill('wanted');
  const { ending, log } = await settled([
    ...(['wanted', 'old', 'wanted'] as const),
    'old',
    ...(['wanted', ...lucky.slice(1), 'old'] as const),
    ...(['wanted', ...lucky] as const),
  ]);
  expect(ending).toMatchObject({ changes: [] });
  const eleven = Array.from({ length: 11 }, (_, n) => `${n + 1} at once`);
  expect(log).toEqual([
    ...['1 at once', '2 at once', '3 at once', 'more than old', 'pause'],
    ...['1 at once', 'more than old', 'pause'],
    ...['1 at once', ...eleven, 'more than old', 'pause'],
    ...['1 at once', ...eleven],
  ]);
});
