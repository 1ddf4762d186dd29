import type { Run, Stage } from '../flows/stage.ts';
import { faultKinds, moments, type FaultKind } from './fault-kinds.ts';
import { demandNothingLost, type Whole } from './nothing-lost.ts';
import { broken, callName, isWrite, onStage, record, untouched, type Call, type Start } from './starts.ts';
import { demand, type Part, type Trial } from './trial.ts';

/** The same call, whatever its number. */
const isSame = (one: Call) => (other: Call) => one.method === other.method && one.path === other.path;

function trialsOf(start: Start, calls: readonly Call[], undisturbed: Whole): Trial[] {
  return calls.flatMap((call) =>
    Object.entries(faultKinds).flatMap(([kind, fault]) =>
      moments.map((when): Trial => ({
        name: `calls: ${start.name}, ${callName(call)}, ${kind}, ${when}`,
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
  undisturbed: Whole;
}

async function disturb(stage: Stage, { flags }: Start, { call, fault, when, undisturbed }: Disturbed) {
  const { method, path, occurrence } = call;
  const { then, allowed, refusal = false, deadlineMs } = fault;
  await stage.fault({ method, path, after: occurrence, times: 1, when, then });
  const first: Run = await stage.setup(flags, { deadlineMs });
  // A run may need fewer readings than the one that was recorded, but never none.
  const struck = (await stage.requests()).filter((seen) => seen.method === method && seen.path === path);
  demand(struck.length > occurrence || occurrence > 0, () => 'the call was never made');
  await stage.cloud.call('DELETE', '_/faults');
  const disowned = refusal && when === 'after';
  return demandNothingLost(stage, { first, allowed, undisturbed, disowned, again: () => stage.setup(flags) });
}

/** Every call of a setup, each with every fault, before and after the cloud has done what was asked. */
export const calls: Part = {
  name: 'calls',
  about: 'every API call of a setup, with every fault, before and after the cloud acts',
  atOnce: 12,
  limitMs: 120_000,
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
