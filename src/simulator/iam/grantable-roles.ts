import * as z from 'zod';
import { omitDefaults, readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { view } from '../call.ts';
import { grantableAt } from '../catalog-roles.ts';
import { paginate } from '../paging.ts';
import type { NamedResource } from './full-resource-name.ts';
import { readFullResourceName } from './full-resource-name.ts';
import { pageQuery, PageRequest } from './page-request.ts';
import { roleState } from './role-life.ts';

const QueryGrantableRolesRequest = z.strictObject({
  fullResourceName: z.string().default(''),
  view: z.enum(['BASIC', 'FULL']).default('BASIC'),
  ...PageRequest,
});

/** A role can be granted on a single resource when it says something of that sort of resource. */
function concerns(call: Call, named: NamedResource, role: { permissions: Iterable<string> }): boolean {
  for (const permission of role.permissions) {
    if (named.kind === 'known' && permission.startsWith('iam.serviceAccount')) return true;
    const facts = call.world.catalog.permissions.get(permission);
    if (named.kind === 'foreign' && facts?.service === named.service && facts.levels.includes('resource'))
      return true;
  }
  return false;
}

/** :queryGrantableRoles, which needs no permission: predefined roles, and custom roles of the resource and above. */
export function queryGrantableRoles(call: Call): object {
  const { world } = call;
  const request = readBody(call, QueryGrantableRolesRequest);
  const named = readFullResourceName(call, request.fullResourceName);
  const level = named.kind === 'known' ? named.resource.level : 'resource';
  const ancestors = named.kind === 'known' ? named.resource.ancestors : [];
  const predefined = [...world.catalog.roles.values()].filter((role) => grantableAt(role, level));
  const custom = [...world.roles.entries()]
    .filter(([name]) => ancestors.some((ancestor) => name.startsWith(`${ancestor}/roles/`)))
    .flatMap(([name]) => view(call, world.roles, name) ?? [])
    .filter((role) => roleState(world, role) === 'live' && role.stage !== 'DISABLED');
  const all = [...custom, ...predefined].filter(
    (role) => level !== 'resource' || concerns(call, named, role),
  );
  const page = paginate(all, pageQuery(request), request.fullResourceName, { usual: 300, largest: 2000 });
  const roles = page.items.map((role) =>
    omitDefaults({
      name: role.name,
      title: role.title,
      description: role.description,
      includedPermissions: request.view === 'FULL' ? [...role.permissions].sort() : undefined,
    }),
  );
  return { roles: roles.length ? roles : undefined, nextPageToken: page.nextPageToken };
}
