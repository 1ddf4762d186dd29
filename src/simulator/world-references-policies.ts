import type { Path, Problem } from './world-file.ts';
import type { WorldFile } from './world-schema.ts';

const LEVELS = ['organizations', 'folders', 'projects'] as const;

/** Deny policies, boundaries and bindings whose name is taken at their level, and bindings of what is not there. */
export function checkNamedPolicies(world: WorldFile): Problem[] {
  const problems: Problem[] = [];
  const unique = (entries: readonly { readonly id: string }[], path: Path, taken = new Set<string>()) => {
    for (const [at, { id }] of entries.entries()) {
      if (taken.has(id))
        problems.push({ path: [...path, at, 'id'], expected: 'expected one that is not taken already' });
      taken.add(id);
    }
  };
  for (const [index, { accessBoundaries }] of world.organizations.entries())
    unique(accessBoundaries, ['organizations', index, 'accessBoundaries']);
  for (const level of LEVELS)
    for (const [index, entry] of world[level].entries()) {
      // What is in denyRules is a policy of this name.
      const rules = new Set(entry.denyRules.length ? ['deny-rules'] : []);
      unique(entry.denyPolicies, [level, index, 'denyPolicies'], rules);
      unique(entry.policyBindings, [level, index, 'policyBindings']);
      const parent = 'parent' in entry ? entry.parent : undefined;
      const boundaries = boundariesAbove(world, level === 'organizations' ? `${level}/${entry.id}` : parent);
      for (const [at, { policy }] of entry.policyBindings.entries())
        if (!boundaries.has(policy))
          problems.push({
            path: [level, index, 'policyBindings', at, 'policy'],
            expected: 'expected the ID of one of the accessBoundaries of the organisation above',
          });
    }
  return problems;
}

/** The boundaries of the organisation that a level is in. */
function boundariesAbove(world: WorldFile, parent: string | undefined): ReadonlySet<string> {
  const above = new Set<string>();
  for (let name = parent; name !== undefined && !above.has(name);) {
    above.add(name);
    const organization = world.organizations.find(({ id }) => name === `organizations/${id}`);
    if (organization) return new Set(organization.accessBoundaries.map(({ id }) => id));
    name = world.folders.find(({ id }) => name === `folders/${id}`)?.parent;
  }
  return new Set();
}
