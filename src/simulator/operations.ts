import { digits, fraction } from './random.ts';
import type { LagProfile } from './replicas.ts';
import type { Operation, World } from './world.ts';

/** What takes its time: services, making a project, finding that none can be made, pools and their providers,
 * bringing a service into being, writing a deny policy or a boundary. */
type Work = 'services' | 'project' | 'refusal' | 'federation' | 'deployment' | 'policy';

/**
 * Seconds that an operation takes, shortest and longest, on the simulator's clock. The figures are ours; Google says of a
 * project "usually a few seconds, sometimes much longer" (discovery document).
 */
const DURATION: Record<LagProfile, Record<Work, readonly [number, number]>> = {
  none: {
    services: [0, 0],
    project: [0, 0],
    refusal: [0, 0],
    federation: [0, 0],
    deployment: [0, 0],
    policy: [0, 0],
  },
  typical: {
    services: [2, 5],
    project: [3, 8],
    refusal: [0, 1],
    federation: [1, 4],
    deployment: [4, 10],
    policy: [1, 4],
  },
  rough: {
    services: [5, 20],
    project: [8, 40],
    refusal: [0, 3],
    federation: [2, 10],
    deployment: [10, 40],
    policy: [2, 10],
  },
};

/** A long-running operation as the API shows it. */
export function showOperation({ name, metadata, metadataWhenDone, outcome }: Operation): object {
  return outcome
    ? { name, metadata: metadataWhenDone ?? metadata, done: true, ...outcome }
    : { name, metadata };
}

/** A name such as Service Usage gives: `acat` or `acf`, then the project's number and 32 hexadecimal digits. */
export function consumerOperationName(world: World, prefix: string, number: string): string {
  const id = [0, 1, 2, 3].map((part) =>
    Math.floor(fraction(world.seed, 'operation', world.operations.size, part) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  return `operations/${prefix}.p2-${number}-${id.join('')}`;
}

/** A name such as Resource Manager gives to the making of a project: `cp` and 19 digits (pasted in public reports). */
export function projectOperationName(world: World): string {
  return `operations/cp.${digits(19, world.seed, 'operation', world.operations.size)}`;
}

/** Starts an operation whose effect comes when the clock says so; without lag it is done at once. */
export function startOperation(
  world: World,
  work: Work,
  options: Pick<Operation, 'name' | 'metadata' | 'metadataWhenDone' | 'finish'>,
): Operation {
  const [least, most] = DURATION[world.lag][work];
  const seconds = least + fraction(world.seed, 'operation', world.operations.size) * (most - least);
  const operation: Operation = { ...options, doneAt: world.clock.now() + Math.floor(seconds * 1000) };
  world.operations.set(operation.name, operation);
  finishOperations(world);
  return operation;
}

/** Gives every operation that is due its effect, dated when it was due. Called before each request is handled. */
export function finishOperations(world: World): void {
  const now = world.clock.now();
  const due = [...world.operations.values()].filter(({ doneAt, outcome }) => !outcome && doneAt <= now);
  for (const operation of due.sort((a, b) => a.doneAt - b.doneAt))
    operation.outcome = operation.finish(operation.doneAt);
}
