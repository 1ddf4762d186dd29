import type { Call } from '../call.ts';
import { callerDenied, invalidArgument } from '../errors.ts';
import type { Resource } from '../resources.ts';
import {
  accountResource,
  findAccount,
  findProject,
  folderResource,
  organizationResource,
  projectResource,
} from '../resources.ts';
import type { World } from '../world.ts';

/** What a full resource name stands for; a resource outside this simulator is known by its service only. */
export type NamedResource =
  | { readonly kind: 'known'; readonly resource: Resource }
  | { readonly kind: 'foreign'; readonly service: string };

/**
 * The service and path of a full resource name. gcloud makes the name out of the endpoint that it was given, so this
 * server's own host stands for the service to which such a path belongs.
 */
function split(call: Call, fullName: string): { service: string; path: string } | undefined {
  const [, host, path] = /^\/\/([^/]+)\/(.+)$/.exec(fullName) ?? [];
  if (host === undefined || path === undefined) return undefined;
  if (host.endsWith('.googleapis.com')) return { service: host, path };
  if (host !== new URL(call.origin).host) return undefined;
  return { service: path.includes('/serviceAccounts/') ? 'iam.googleapis.com' : MANAGER, path };
}

const MANAGER = 'cloudresourcemanager.googleapis.com';

/**
 * Reads `//SERVICE/PATH` (resource names, IAM docs). Throws 400 for another form and 403 for a project, folder,
 * organization or account that is not there. [U] how Google answers for what is absent.
 */
export function readFullResourceName(call: Call, fullName: string): NamedResource {
  const name = split(call, fullName);
  if (!name) throw invalidArgument(`Invalid full resource name: ${fullName}`); // [U] the text.
  const [kind = '', id = '', below, belowId = ''] = name.path.split('/');
  if (name.service === MANAGER && below === undefined) {
    return { kind: 'known', resource: found(inHierarchy(call.world, kind, id)) };
  }
  if (name.service === 'iam.googleapis.com' && below === 'serviceAccounts') {
    const account = findAccount(call.world, belowId);
    return { kind: 'known', resource: found(account && accountResource(call.world, account)) };
  }
  return { kind: 'foreign', service: name.service };
}

function inHierarchy(world: World, kind: string, id: string): Resource | undefined {
  if (kind === 'organizations') {
    const organization = world.organizations.get(id);
    return organization && organizationResource(organization);
  }
  if (kind === 'folders') {
    const folder = world.folders.get(id);
    return folder && folderResource(world, folder);
  }
  const project = kind === 'projects' ? findProject(world, id) : undefined;
  return project && projectResource(world, project);
}

function found(resource: Resource | undefined): Resource {
  if (!resource) throw callerDenied();
  return resource;
}
