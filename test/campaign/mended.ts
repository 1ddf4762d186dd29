import { foreignPart } from '../flows/any-policy.ts';
import type { Stage } from '../flows/stage.ts';
import type { Drift } from './drift.ts';
import { sameWorld, type World } from './same-world.ts';
import { demand, demandAll, demandSame } from './trial.ts';

const role = 'projects/acme-video/roles/RemotionSA';
const email = 'remotion-sa@acme-video.iam.gserviceaccount.com';
const member = `serviceAccount:${email}`;

const roleIn = ({ roles }: World) => roles.find(({ name }) => name === role);
const accountIn = ({ serviceAccounts }: World) =>
  serviceAccounts.find((each) => each.email === email && each.deleted === undefined);
/** The project's policy as Google would answer it: sorted by role. */
const policyIn = ({ policies }: World) => {
  const { bindings = [], ...rest } = policies['projects/acme-video'] ?? {};
  return {
    ...rest,
    etag: '',
    bindings: bindings.toSorted(
      (one, other) => Number(one.role > other.role) - Number(one.role < other.role),
    ),
  };
};
/** The account's keys, by ID. */
export const keysIn = (world: World): World['keys'] => {
  const account = accountIn(world);
  return world.keys.filter((key) => key.account === account?.uniqueId && key.type === 'USER_MANAGED');
};

/** All that the profile asks for is there, and works. What others had chosen about it is as it was. @throws Loss */
export function demandMended(
  before: World,
  after: World,
  permissions: readonly string[],
  drift: Drift,
): void {
  const on = after.projects.find(({ id }) => id === 'acme-video')?.services ?? [];
  const off = drift.off.filter((service) => !on.includes(service));
  demandAll(off, [], 'services that are still off');

  const found = roleIn(after);
  demand(found !== undefined && found.deleted === undefined, () => 'there is no role');
  const had = roleIn(before);
  const all = [...permissions, ...(had?.permissions ?? []).filter((name) => !permissions.includes(name))];
  demandAll(found.permissions, all, 'the permissions of the role');
  demand(found.stage !== 'DISABLED', () => 'the role is disabled');
  demandSame(found.title, had?.title ?? 'Remotion API Service Account', 'the title of the role');
  if (had !== undefined && had.stage !== 'DISABLED')
    demandSame(found.stage, had.stage, 'the stage of the role');

  const account = accountIn(after);
  demand(account?.disabled === false, () => 'there is no account, or it is disabled');
  const name = accountIn(before)?.displayName ?? 'Remotion Service Account';
  demandSame(account.displayName, name, 'the name of the account');
  const grants = policyIn(after).bindings.filter(
    (each) => each.role === role && each.condition === undefined,
  );
  const times = grants.flatMap(({ members }) => members).filter((each) => each === member).length;
  demandSame(times, 1, 'how often the role is granted');
}

/** What is not ours is as it was, in the order in which it was. @throws Loss */
export function demandForeignKept(before: World, after: World, { cloud }: Stage, drift: Drift): void {
  demandSame(
    foreignPart(policyIn(after), cloud),
    foreignPart(policyIn(before), cloud),
    'the policy of others',
  );
  const dead = (world: World): string[] =>
    policyIn(world)
      .bindings.filter((each) => each.role === role)
      .flatMap(({ members }) => members.filter((each) => each.startsWith(`deleted:${member}`)));
  // A run that made the grant may take it away once its account is gone; nobody else may.
  if (!drift.remembered) demandAll(dead(after), dead(before), 'grants to accounts that are gone');
  demandAll(othersOf(after), othersOf(before), 'what is not ours');
}

/** A world without what the profile makes. */
function othersOf(world: World): string[] {
  const account = accountIn(world);
  return sameWorld({
    ...world,
    policies: { ...world.policies, 'projects/acme-video': { bindings: [] } },
    projects: world.projects.map((project) =>
      project.id === 'acme-video' ? { ...project, services: [] } : project,
    ),
    roles: world.roles.filter(({ name }) => name !== role),
    serviceAccounts: world.serviceAccounts.filter((each) => each !== account),
    keys: world.keys.filter((key) => key.account !== account?.uniqueId),
  });
}

/**
 * There is one key in the file, for its owner only, that works: the one of before if it did, else a new one. Keys that others
 * made are as they were.
 * @throws Loss
 */
export async function demandKey(
  before: World,
  after: World,
  stage: Stage,
  kept: string | undefined,
): Promise<void> {
  const { id, mode } = await stage.heldKey();
  demandSame(mode, 0o600, 'the permissions of the key file');
  if (kept !== undefined) demandSame(id, kept, 'the key in the file');
  const told = (keys: World['keys']): string[] =>
    keys.map((key) => `${key.id}${key.disabled ? ', disabled' : ''}`);
  const fresh = kept === undefined ? [id] : [];
  demandAll(told(keysIn(after)), [...told(keysIn(before)), ...fresh], 'the keys of the account');
  demand(
    keysIn(after).some((key) => key.id === id && !key.disabled),
    () => 'the key in the file does not work',
  );
}
