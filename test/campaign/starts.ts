import type { RunFlags } from '../../src/commands/run-flags.ts';
import type { WorldFile } from '../../src/simulator/server.ts';
import { standBetween, type Answer, type Passing } from '../flows/between.ts';
import { openStage, type Stage } from '../flows/stage.ts';
import { wholeOf } from './nothing-lost.ts';

/** Where a setup begins, and what it is told: together its calls are all that a setup can make. */
export interface Start {
  name: string;
  flags: RunFlags;
  /** The world that it begins in; absent: the one that simulate starts with. */
  world?: () => Promise<WorldFile>;
  /** Runs take the endpoint given, since a journal belongs to one. */
  prepare: (stage: Stage, endpoint: string) => Promise<unknown>;
}

/** One call of a setup, told by its occurrence, from 0. */
export interface Call {
  method: string;
  path: string;
  occurrence: number;
}

export const untouched: Start = { name: 'untouched', flags: {}, prepare: () => Promise.resolve() };

/** Everything is there and nothing is right: a key that nobody holds, a role that is deleted, an account that is disabled … */
export const broken: Start = {
  name: 'broken',
  flags: { roleTitle: 'Renders', accountName: 'Renders' },
  prepare: async ({ setup, fault, cloud }, endpoint) => {
    await fault({ method: 'POST', path: '*/keys', times: 1, when: 'after', then: { kind: 'reset' } });
    const { exit } = await setup({ endpoint });
    if (exit !== 6) throw new Error(`preparing ended with ${exit}`);
    await cloud.call('DELETE', '_/faults');
    const { includedPermissions } = await cloud.role();
    await cloud.patchRole({ includedPermissions: includedPermissions.slice(2) }, 'includedPermissions');
    await cloud.changePolicy((policy) => ({
      ...policy,
      bindings: policy.bindings.filter(({ role }) => role !== cloud.roleName),
    }));
    await cloud.deleteRole();
    await cloud.disableAccount();
    await cloud.disableService('run.googleapis.com');
  },
};

/**
 * A stage on which a start is prepared; `use` is given it, and it ends then.
 * @param meddle stands between the runs and the cloud, once all is prepared
 */
export async function onStage<T>(
  { prepare, world }: Start,
  use: (stage: Stage, endpoint: string) => Promise<T>,
  meddle?: (request: Passing) => Promise<Answer | undefined>,
): Promise<T> {
  const ends: (() => Promise<void>)[] = [];
  const atEnd = (end: () => Promise<void>) => void ends.push(end);
  const stage = await openStage(world === undefined ? {} : { world: await world() }, atEnd);
  let prepared = false;
  const endpoint =
    meddle === undefined
      ? stage.endpoint
      : await standBetween(stage.endpoint, (asked) => (prepared ? meddle(asked) : asked.pass()), atEnd);
  try {
    await prepare(stage, endpoint);
    prepared = true;
    await stage.forgetRequests();
    return await use(stage, endpoint);
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

/** What an undisturbed run calls, in order, and what it leaves. */
export const record = (start: Start) =>
  onStage(start, async (stage) => {
    const { exit } = await stage.setup(start.flags);
    if (exit !== 0) throw new Error(`an undisturbed run ended with ${exit}`);
    return { calls: await callsOf(stage), undisturbed: await wholeOf(stage) };
  });

/** All calls of the last run, in order. */
export async function callsOf(stage: Stage): Promise<Call[]> {
  const met = new Map<string, number>();
  return (await stage.requests()).map(({ method, path }): Call => {
    const occurrence = met.get(`${method} ${path}`) ?? 0;
    met.set(`${method} ${path}`, occurrence + 1);
    return { method, path, occurrence };
  });
}

/** What a person reads of a call. */
export const callName = ({ method, path, occurrence }: Call): string =>
  `${method} ${decodeURIComponent(path)} #${occurrence + 1}`;

/** True for a call that changes something. */
export const isWrite = ({ method, path }: Pick<Call, 'method' | 'path'>): boolean =>
  method !== 'GET' && !/:(?:get|test|query)[A-Za-z]+$|^\/token(?:info)?$/.test(path);
