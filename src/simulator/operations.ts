import { fraction } from './random.ts';
import type { LagProfile } from './replicas.ts';
import type { Operation, World } from './world.ts';

/** Seconds that an operation takes, shortest and longest, on the simulator's clock. The figures are ours. */
const DURATION: Record<LagProfile, readonly [number, number]> = {
  none: [0, 0],
  typical: [2, 5],
  rough: [5, 20],
};

/** A long-running operation as the API shows it. */
export function showOperation(operation: Operation): object {
  const { name, metadata, response } = operation;
  return response ? { name, metadata, done: true, response } : { name, metadata };
}

/**
 * Starts an operation whose effect comes when the clock says so; without lag it is done at once.
 * @param prefix e.g. acat, as Service Usage names its own; @param number the project's number, part of the name.
 */
export function startOperation(
  world: World,
  options: { prefix: string; number: string; metadata: object; finish: Operation['finish'] },
): Operation {
  const count = world.operations.size;
  const [least, most] = DURATION[world.lag];
  const seconds = least + fraction(world.seed, 'operation', count) * (most - least);
  const id = [0, 1, 2, 3].map((part) =>
    Math.floor(fraction(world.seed, 'operation', count, part) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  const operation: Operation = {
    name: `operations/${options.prefix}.p2-${options.number}-${id.join('')}`,
    doneAt: world.clock.now() + Math.floor(seconds * 1000),
    metadata: options.metadata,
    finish: options.finish,
  };
  world.operations.set(operation.name, operation);
  finishOperations(world);
  return operation;
}

/** Gives every operation that is due its effect, dated when it was due. Called before each request is handled. */
export function finishOperations(world: World): void {
  const now = world.clock.now();
  const due = [...world.operations.values()].filter(({ doneAt, response }) => !response && doneAt <= now);
  for (const operation of due.sort((a, b) => a.doneAt - b.doneAt))
    operation.response = operation.finish(operation.doneAt);
}
