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

/** What a full resource name stands for; a resource outside this simulator is known by its service only. */
export type NamedResource =
  | { readonly kind: 'known'; readonly resource: Resource }
  | { readonly kind: 'foreign'; readonly service: string };

/**
 * Reads `//SERVICE/PATH` (resource names, IAM docs). Throws 400 for another form and 403 for a project, folder, organization or
 * account that is not there. [U] how Google answers for what is absent.
 */
export function readFullResourceName(call: Call, fullName: string): NamedResource {
  const { world } = call;
  const [, service, path] = /^\/\/([a-z0-9.-]+\.googleapis\.com)\/(.+)$/.exec(fullName) ?? [];
  if (service === undefined || path === undefined) {
    throw invalidArgument(`Invalid full resource name: ${fullName}`); // [U] the text.
  }
  const [kind, id = '', below, belowId] = path.split('/');
  if (service === 'cloudresourcemanager.googleapis.com' && below === undefined) {
    return { kind: 'known', resource: found(hierarchy()) };
  }
  if (service === 'iam.googleapis.com' && below === 'serviceAccounts') {
    const account = findAccount(world, belowId ?? '');
    return { kind: 'known', resource: found(account && accountResource(world, account)) };
  }
  return { kind: 'foreign', service };

  function hierarchy(): Resource | undefined {
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
}

function found(resource: Resource | undefined): Resource {
  if (!resource) throw callerDenied();
  return resource;
}
