import { setTimeout as sleep } from 'node:timers/promises';
import type { Policy } from '../flows/cloud-by-hand.ts';
import { openStage, type Run, type Stage } from '../flows/stage.ts';
import { demandGoodEnding } from './nothing-lost.ts';
import { demand, demandAll, type Ending, type Part, type Trial } from './trial.ts';

const EDITORS = 20;
const role = 'roles/viewer';

/** The policy as an editor leaves it: their last member gone, the next one there; all else as found. */
function edited(policy: Policy, last: string, next: string): object {
  const others = policy.bindings.filter((binding) => binding.role !== role);
  const members = policy.bindings.find((binding) => binding.role === role)?.members ?? [];
  return {
    ...policy,
    bindings: [...others, { role, members: [...members.filter((member) => member !== last), next] }],
  };
}

/** Reads, changes and writes the policy over and over, as any careful client does, until told to stop. */
async function edit({ cloud }: Stage, number: number, stopped: AbortSignal): Promise<string> {
  let mine = '';
  for (let round = 0; !stopped.aborted;) {
    const next = `user:editor-${number}-${round}@example.net`;
    const policy = await cloud.policy();
    // Time to think, so that others come in between.
    await sleep(number % 7);
    const written = await cloud.setPolicy(edited(policy, mine, next)).catch((error: unknown) => {
      if (String(error).includes('ABORTED')) return undefined;
      throw error;
    });
    if (written === undefined) continue;
    mine = next;
    round++;
    await sleep(20 + ((number * 7) % 40));
  }
  return mine;
}

/** One setup while all of them edit; gives what each editor's member is in the end. */
async function setupAmongEditors(stage: Stage): Promise<{ run: Run; theirs: string[] }> {
  const stop = new AbortController();
  const editors = Array.from({ length: EDITORS }, (_, number) => edit(stage, number, stop.signal));
  const run = await stage.setup().finally(() => stop.abort());
  return { run, theirs: await Promise.all(editors) };
}

/** Nobody's binding is lost, nobody's removal is undone, and ours is there once. */
async function demandBindings({ cloud }: Stage, before: Policy, theirs: readonly string[]): Promise<void> {
  const { bindings } = await cloud.policy();
  const facts = (all: Policy['bindings']): string[] =>
    all.flatMap(({ role: held, members, condition }) =>
      members.map((member) => `${held} ${member} ${JSON.stringify(condition ?? {})}`),
    );
  const ours = { role: cloud.roleName, members: [cloud.member] };
  const wanted = [
    ...facts([...before.bindings, ours]),
    ...theirs.filter(Boolean).map((member) => `${role} ${member} {}`),
  ];
  demandAll(facts(bindings), wanted, 'the policy is another one');
}

const withoutGrant = (policy: Policy, { roleName }: Stage['cloud']): object => ({
  ...policy,
  bindings: policy.bindings.filter((binding) => binding.role !== roleName),
});

/** A setup among editors, of an untouched project or of one that has lost its grant. */
async function amongEditors(prepare: boolean): Promise<Ending> {
  const stage = await openStage({ quota: false }, () => undefined);
  const { cloud, setup } = stage;
  try {
    if (prepare) await setup();
    const before = await cloud.changePolicy((policy) => withoutGrant(policy, cloud));
    const { run, theirs } = await setupAmongEditors(stage);
    demandGoodEnding(run, [6]);
    if (run.exit !== 0) demand((await setup()).exit === 0, () => 'the next run was not ready either');
    await demandBindings(stage, before, theirs);
    demandAll(await cloud.keys(), [(await stage.heldKey()).id], 'the keys of the account');
    return run.exit === 0 ? 'ready at once' : 'ready on the next run';
  } finally {
    await stage.close();
  }
}

/** Setups of projects whose policy others write all the time. */
export const editors: Part = {
  name: 'editors',
  about: `${EDITORS} careful editors of the project's policy, writing all the time, during setups`,
  atOnce: 1,
  limitMs: 300_000,
  trials: () =>
    Promise.resolve(
      Array.from({ length: 50 }, (_, number): Trial => {
        const kind = number % 4 < 2 ? 'an untouched project' : 'a project that has lost its grant';
        return {
          name: `editors: ${kind}, ${number + 1}`,
          kind: `${kind}, among ${EDITORS} editors`,
          run: () => amongEditors(number % 4 >= 2),
        };
      }),
    ),
};
