import * as z from 'zod';

const World = z.object({
  organizations: z.array(z.looseObject({})),
  folders: z.array(z.looseObject({})),
  projects: z.array(z.looseObject({ id: z.string() })),
  policies: z.record(z.string(), z.looseObject({ etag: z.string() })),
  orgPolicies: z.unknown(),
  denyPolicies: z.unknown(),
  roles: z.array(z.looseObject({ name: z.string(), etag: z.string() })),
  serviceAccounts: z.array(
    z.looseObject({
      email: z.string(),
      uniqueId: z.string(),
      created: z.string(),
      deleted: z.string().optional(),
    }),
  ),
  keys: z.array(
    z.object({
      id: z.string(),
      account: z.string(),
      type: z.string(),
      origin: z.string(),
      algorithm: z.string(),
      disabled: z.boolean(),
    }),
  ),
});
export type World = z.infer<typeof World>;

/** Reads what GET /_/world answers. */
export const readWorld = (answer: unknown): World => World.parse(answer);

/**
 * A world without what differs from run to run: IDs that Google makes up, etags, times, the order in which things were made,
 * and operations that are over. Two worlds that are the same to a person give the same text, a fact a line.
 */
export function sameWorld(world: World): string[] {
  const accounts = new Map(
    world.serviceAccounts.map(({ email, uniqueId, deleted }) => [
      uniqueId,
      deleted === undefined ? email : `deleted ${email}`,
    ]),
  );
  const named = (value: unknown): string =>
    JSON.stringify(value).replaceAll(/\b1\d{20}\b/g, (id) => accounts.get(id) ?? id);
  const told = (what: string, thing: object, ...left: string[]): string => {
    const kept = Object.entries(thing).filter(([field]) => !left.includes(field));
    return `${what} ${named(Object.fromEntries(kept))}`;
  };
  return [
    ...world.organizations.map((organization) => told('organization', organization)),
    ...world.folders.map((folder) => told('folder', folder)),
    ...world.projects.map((project) => told('project', project)),
    ...Object.entries(world.policies).map(([name, policy]) =>
      told(`policy of ${named(name)}`, policy, 'etag'),
    ),
    told('policies above', { organization: world.orgPolicies, deny: world.denyPolicies }),
    ...world.roles.map((role) => told('role', { ...role, deleted: !!role.deleted }, 'etag')),
    ...world.serviceAccounts.map((account) =>
      told('account', { ...account, deleted: account.deleted !== undefined }, 'created'),
    ),
    ...world.keys.map((key) => told('key', key, 'id')),
  ].toSorted();
}
