import * as z from 'zod';
import { omitDefaults, readBody } from '../body.ts';
import type { Call } from '../call.ts';
import type { PermissionFacts } from '../catalog.ts';
import { view } from '../call.ts';
import { paginate } from '../paging.ts';
import { pageQuery, PageRequest } from './page-request.ts';
import type { NamedResource } from './full-resource-name.ts';
import { readFullResourceName } from './full-resource-name.ts';

const QueryTestablePermissionsRequest = z.strictObject({
  fullResourceName: z.string().default(''),
  ...PageRequest,
});

/** Whether a permission can be held on the resource: by its level and, below a project, by the owning service. */
function testable(named: NamedResource, facts: PermissionFacts): boolean {
  if (named.kind === 'foreign') return facts.service === named.service && facts.levels.includes('resource');
  const { level } = named.resource;
  if (!facts.levels.includes(level)) return false;
  return level !== 'resource' || facts.name.startsWith('iam.serviceAccount');
}

/**
 * :queryTestablePermissions, which needs no permission. The enums' zeros are left out: a permission that custom roles
 * support has no customRolesSupportLevel, one in stage ALPHA no stage (discovery document).
 */
export function queryTestablePermissions(call: Call): object {
  const { world } = call;
  const request = readBody(call, QueryTestablePermissionsRequest);
  const named = readFullResourceName(call, request.fullResourceName);
  const project = named.kind === 'known' ? named.resource.project : undefined;
  const enabled = project && view(call, world.services, project.id, 'service');
  const all = [...world.catalog.permissions.values()].filter((facts) => testable(named, facts));
  const page = paginate(all, pageQuery(request), request.fullResourceName, { usual: 100, largest: 1000 });
  const permissions = page.items.map((facts) =>
    omitDefaults({
      name: facts.name,
      title: facts.title,
      stage: facts.stage === 'ALPHA' ? undefined : facts.stage,
      customRolesSupportLevel: facts.customRole === 'SUPPORTED' ? undefined : facts.customRole,
      apiDisabled: project !== undefined && !enabled?.has(facts.service),
    }),
  );
  return { permissions: permissions.length ? permissions : undefined, nextPageToken: page.nextPageToken };
}
