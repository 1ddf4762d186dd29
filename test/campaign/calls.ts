import type { RunFlags } from '../../src/commands/run-flags.ts';
import { openStage, type Run, type Stage } from '../flows/stage.ts';
import { faultKinds, moments, type FaultKind } from './fault-kinds.ts';
import { keyPairs } from './key-pairs.ts';
import { demandNothingLost, worldOf } from './nothing-lost.ts';
import { demand, type Part, type Trial } from './trial.ts';

/** Where a setup begins, and what it is told: together its calls are all that a setup can make. */
interface Start {
  name: string;
  flags: RunFlags;
  prepare: (stage: Stage) => Promise<unknown>;
}

/** One call of a setup, told by its occurrence, from 0. */
interface Call {
  method: string;
  path: string;
  occurrence: number;
}

const untouched: Start = { name: 'untouched', flags: {}, prepare: () => Promise.resolve() };

/** Everything is there and nothing is right: a key that nobody holds, a role that is deleted, an account that is disabled … */
const broken: Start = {
  name: 'broken',
  flags: { roleTitle: 'Renders', accountName: 'Renders' },
  prepare: async ({ setup, fault, cloud }) => {
    await fault({ method: 'POST', path: '*/keys', times: 1, when: 'after', then: { kind: 'reset' } });
    const { exit } = await setup();
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

/** A stage on which a start is prepared; `use` is given it, and it ends then. */
async function onStage<T>({ prepare }: Start, use: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage({ keyPairs: keyPairs() }, () => undefined);
  try {
    await prepare(stage);
    await stage.forgetRequests();
    return await use(stage);
  } finally {
    await stage.close();
  }
}

/** What an undisturbed run calls, in order, and what it makes of the world. */
const record = (start: Start) =>
  onStage(start, async (stage) => {
    const { exit } = await stage.setup(start.flags);
    if (exit !== 0) throw new Error(`an undisturbed run ended with ${exit}`);
    const met = new Map<string, number>();
    const calls = (await stage.requests()).map(({ method, path }): Call => {
      const occurrence = met.get(`${method} ${path}`) ?? 0;
      met.set(`${method} ${path}`, occurrence + 1);
      return { method, path, occurrence };
    });
    return { calls, undisturbed: await worldOf(stage) };
  });

/** The same call, whatever its number. */
const isSame = (one: Call) => (other: Call) => one.method === other.method && one.path === other.path;

function trialsOf(start: Start, calls: readonly Call[], undisturbed: readonly string[]): Trial[] {
  return calls.flatMap((call) =>
    Object.entries(faultKinds).flatMap(([kind, fault]) =>
      moments.map((when): Trial => ({
        name: `calls: ${start.name}, ${call.method} ${decodeURIComponent(call.path)} #${call.occurrence + 1}, ${kind}, ${when}`,
        kind: `${kind}, ${when === 'before' ? 'before the cloud acts' : 'after it acted'}`,
        run: () => onStage(start, (stage) => disturb(stage, start, { call, fault, when, undisturbed })),
      })),
    ),
  );
}

interface Disturbed {
  call: Call;
  fault: FaultKind;
  when: (typeof moments)[number];
  undisturbed: readonly string[];
}

async function disturb(stage: Stage, { flags }: Start, { call, fault, when, undisturbed }: Disturbed) {
  const { method, path, occurrence } = call;
  const { then, allowed, deadlineMs } = fault;
  await stage.fault({ method, path, after: occurrence, times: 1, when, then });
  const first: Run = await stage.setup(flags, { deadlineMs });
  // A run may need fewer readings than the one that was recorded, but never none.
  const struck = (await stage.requests()).filter((seen) => seen.method === method && seen.path === path);
  demand(struck.length > occurrence || occurrence > 0, () => 'the call was never made');
  await stage.cloud.call('DELETE', '_/faults');
  return demandNothingLost(stage, { first, allowed, undisturbed, again: () => stage.setup(flags) });
}

/** Every call of a setup, each with every fault, before and after the cloud has done what was asked. */
export const calls: Part = {
  name: 'calls',
  about: 'every API call of a setup, with every fault, before and after the cloud acts',
  atOnce: 12,
  limitMs: 60_000,
  async trials() {
    const first = await record(untouched);
    const second = await record(broken);
    // What mends is disturbed where only mending calls it; all else is called alike.
    const mending = second.calls.filter((call) => !first.calls.some(isSame(call)) || isWrite(call));
    return [
      ...trialsOf(untouched, first.calls, first.undisturbed),
      ...trialsOf(broken, mending, second.undisturbed),
    ];
  },
};

const isWrite = ({ method, path }: Call): boolean =>
  method !== 'GET' && !/:(?:get|test|query)|\/token$/.test(path);
