import { holdingsOf } from '../catalog/roles-holding.ts';
import type { Catalog } from '../catalog/model.ts';
import { CredentialsError } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import { asMember } from '../steps/member.ts';
import type { Tools } from '../steps/goal.ts';
import { called, getPolicyAt, permissionsAt, spotText, type Spot } from '../steps/spot.ts';
import type { Asked } from '../wizard/preflight.ts';

/**
 * People and groups who may change the allow policy of these things, by the policies as far as the operator may read them:
 * whoever may do that can give what is missing. Never an account of a program, and never the operator.
 */
export async function whoToAsk(
  spots: readonly Spot[],
  { tools, project, catalog }: { tools: Tools; project: string; catalog: Catalog },
): Promise<Asked[]> {
  const holdings = holdingsOf(catalog);
  const found = new Map<string, Asked>();
  // What may be done on the project reaches down to what is in it.
  const asks = spots.flatMap((spot): { spot: Spot; by: Spot }[] => {
    const here: Spot = { kind: 'project', id: project };
    const isInside = spot.kind !== 'project' && spot.kind !== 'organization';
    return [{ spot, by: spot }, ...(isInside ? [{ spot, by: here }] : [])];
  });
  const policies = await Promise.all(asks.map(({ by }) => policyAt(by, tools, project)));
  const self = [tools.cloud.email, tools.operator].flatMap((email) => (email ? [asMember(email)] : []));
  for (const [index, { spot, by }] of asks.entries()) {
    const [permission = ''] = permissionsAt(spot);
    const roles = new Set(holdings.holding(permission).map(({ name }) => name));
    for (const { role, members, condition } of policies[index]?.bindings ?? [])
      if (roles.has(role) && condition === undefined)
        for (const member of members)
          if (/^(?:user|group):/u.test(member) && !self.includes(member) && !found.has(member))
            found.set(member, { member, role, place: spotText(by), called: calledWhole(by) });
  }
  return [...found.values()];
}

/** As people call it, also where nothing says which project is meant. */
export function calledWhole(spot: Spot): string {
  return spot.kind === 'project' ? `the project ${spot.id}` : called(spot);
}

async function policyAt(spot: Spot, { cloud }: Tools, project: string): Promise<Policy | undefined> {
  try {
    return await getPolicyAt(spot, cloud, project);
  } catch (error) {
    // Whoever may not read it is told to ask an owner; which one, they have to know.
    if (isCloudError(error) || error instanceof CredentialsError) return undefined;
    throw error;
  }
}
