import type { PoolProvider, WorkloadIdentityPool, World } from '../world.ts';

/** A deleted pool or provider can be undeleted, and holds its ID, for 30 days (discovery document). */
const KEPT_MS = 30 * 24 * 3600 * 1000;

type SoftDeleted = Pick<WorkloadIdentityPool | PoolProvider, 'deletedAt'>;

/** Whether anything is left of it: live, or deleted less than 30 days ago. */
export const isKept = <T extends SoftDeleted>(world: World, it: T | undefined): it is T =>
  it !== undefined && (it.deletedAt === undefined || world.clock.now() - it.deletedAt < KEPT_MS);

/** Whether it can be used to sign in: there, neither deleted nor disabled. */
export const isUsable = <T extends SoftDeleted & { readonly disabled: boolean }>(
  it: T | undefined,
): it is T => it !== undefined && it.deletedAt === undefined && !it.disabled;

/** When a deleted one is gone for good (simulator ms). */
export const goneAt = ({ deletedAt }: SoftDeleted): number | undefined =>
  deletedAt === undefined ? undefined : deletedAt + KEPT_MS;
