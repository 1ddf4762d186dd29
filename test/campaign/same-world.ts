import * as z from 'zod';

const Policy = z.looseObject({
  bindings: z.array(
    z.looseObject({
      role: z.string(),
      members: z.array(z.string()),
      condition: z.looseObject({ title: z.string(), expression: z.string() }).optional(),
    }),
  ),
});

const World = z.looseObject({
  projects: z.array(z.looseObject({ id: z.string(), services: z.array(z.string()) })),
  policies: z.record(z.string(), Policy),
  roles: z.array(
    z.looseObject({
      name: z.string(),
      title: z.string(),
      stage: z.string(),
      permissions: z.array(z.string()),
      deleted: z.string().optional(),
    }),
  ),
  serviceAccounts: z.array(
    z.looseObject({
      email: z.string(),
      uniqueId: z.string(),
      displayName: z.string().optional(),
      disabled: z.boolean(),
      deleted: z.string().optional(),
    }),
  ),
  keys: z.array(
    z.looseObject({ id: z.string(), account: z.string(), type: z.string(), disabled: z.boolean() }),
  ),
});
export type World = z.infer<typeof World>;

/** Reads what GET /_/world answers. */
export const readWorld = (answer: unknown): World => World.parse(answer);

/** Fields that tell when something was written or used. */
const passing = new Set(['etag', 'stamp', 'lastAuthenticated']);
const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** What is of its time: the clock, and operations that are over. */
const sections = new Set(['now', 'operations']);

/**
 * A world without what differs from run to run: IDs that Google makes up, etags, times, the order in which things were made,
 * and operations that are over. Two worlds that are the same to a person give the same list, sorted, a fact a line.
 */
export function sameWorld(world: World): string[] {
  const accounts = new Map(
    world.serviceAccounts.map(({ email, uniqueId, deleted }) => [
      uniqueId,
      deleted === undefined ? email : `deleted ${email}`,
    ]),
  );
  const named = (thing: unknown): string =>
    JSON.stringify(thing, (field, value: unknown) => {
      if (passing.has(field)) return undefined;
      return typeof value === 'string' && time.test(value) ? 'some time' : value;
    }).replaceAll(/\b1\d{20}\b/g, (id) => accounts.get(id) ?? id);
  const told = { ...world, keys: world.keys.map((key) => ({ ...key, id: undefined })) };
  return Object.entries(told)
    .filter(([section]) => !sections.has(section))
    .flatMap(([section, value]) => factsOf(value).map((fact) => `${section} ${named(fact)}`))
    .toSorted();
}

function factsOf(section: unknown): unknown[] {
  if (Array.isArray(section)) return section;
  return typeof section === 'object' && section !== null ? Object.entries(section) : [section];
}
