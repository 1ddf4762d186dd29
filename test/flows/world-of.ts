import * as z from 'zod';

const World = z.looseObject({
  now: z.unknown(),
  operations: z.unknown(),
  roles: z.array(
    z
      .looseObject({ name: z.string(), etag: z.unknown(), deleted: z.string().optional() })
      .transform((role) => ({ ...role, etag: undefined })),
  ),
  serviceAccounts: z.array(z.looseObject({ uniqueId: z.string(), deleted: z.string().optional() })),
  keys: z.array(z.looseObject({ account: z.string() })),
  // A policy that is written comes back in Google's own order.
  policies: z.record(
    z.string(),
    z.looseObject({ etag: z.unknown(), bindings: z.array(z.unknown()) }).transform((policy) => ({
      ...policy,
      etag: undefined,
      bindings: policy.bindings.map((binding) => JSON.stringify(binding)).toSorted(),
    })),
  ),
});

/** What stands in a cloud, but for times, etags and operations; what is soft-deleted by itself. */
export async function worldOf(endpoint: string) {
  const response = await fetch(`${endpoint}/_/world`);
  const world = World.parse(await response.json());
  const isGone = ({ deleted }: { deleted?: string | undefined }): boolean => deleted !== undefined;
  const gone = world.serviceAccounts.filter(isGone).map(({ uniqueId }) => uniqueId);
  return {
    world: {
      ...world,
      now: undefined,
      operations: undefined,
      // An empty policy is as good as none.
      policies: Object.fromEntries(
        Object.entries(world.policies).filter(([, { bindings }]) => bindings.length > 0),
      ),
      roles: world.roles.filter((role) => !isGone(role)),
      serviceAccounts: world.serviceAccounts.filter((account) => !isGone(account)),
      keys: world.keys.filter(({ account }) => !gone.includes(account)),
    },
    softDeleted: {
      roles: world.roles.filter(isGone).map((role) => ({ ...role, deleted: undefined })),
      accounts: gone,
    },
  };
}
