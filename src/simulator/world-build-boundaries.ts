import { boundaryName } from './access-boundaries/policies.ts';
import { targetOf } from './access-boundaries/target.ts';
import { digits } from './random.ts';
import { levelName, levelResource } from './resources.ts';
import type { GovernedEntry, WorldFile } from './world-schema.ts';
import type { World } from './world.ts';

const MANAGER = '//cloudresourcemanager.googleapis.com';

/** Loads the boundaries of the organisations, and then what binds them at every level. */
export function addBoundaries(world: World, file: WorldFile): void {
  for (const organization of file.organizations)
    for (const { id, displayName, rules, enforcementVersion } of organization.accessBoundaries) {
      const name = boundaryName(organization.id, id);
      const stamp = world.stamp();
      world.accessBoundaries.load(name, {
        name,
        uid: `puid_${digits(19, world.seed, name)}`,
        displayName,
        annotations: {},
        rules: rules.map(({ description, resources }) => ({
          description,
          resources: resources.map((resource) => `${MANAGER}/${resource}`),
        })),
        enforcementVersion,
        created: stamp,
        stamp,
      });
    }
  for (const level of ['organizations', 'folders', 'projects'] as const)
    for (const entry of file[level]) addBindings(world, level, entry);
}

function addBindings(
  world: World,
  level: string,
  { id: levelId, policyBindings }: GovernedEntry & { readonly id: string },
): void {
  const resource = levelResource(world, level, levelId);
  if (!resource) return;
  const organization = (resource.ancestors.at(-1) ?? '').split('/')[1] ?? '';
  const own = `${MANAGER}/${levelName(resource)}`;
  for (const { id, displayName, policy: policyId, target = own, condition } of policyBindings) {
    const name = `${levelName(resource)}/locations/global/policyBindings/${id}`;
    const policy = boundaryName(organization, policyId);
    const stamp = world.stamp();
    world.policyBindings.load(name, {
      name,
      uid: `buid_${digits(20, world.seed, name)}`,
      displayName,
      annotations: {},
      target: targetOf(world, resource, target)?.set ?? target,
      policy,
      policyUid: world.accessBoundaries.get(policy)?.uid ?? '',
      condition,
      created: stamp,
      stamp,
    });
  }
}
