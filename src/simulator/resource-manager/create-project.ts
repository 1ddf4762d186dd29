import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { timestamp } from '../clock.ts';
import { ApiError } from '../errors.ts';
import { pinMember } from '../members.ts';
import { projectOperationName, showOperation, startOperation } from '../operations.ts';
import { describePrincipal } from '../principals.ts';
import { folderResource, organizationResource } from '../resources.ts';
import type { Outcome, Project } from '../world.ts';
import { DEFAULT_SERVICES } from './default-services.ts';
import { checkWanted } from './new-project.ts';
import type { WantedProject } from './new-project.ts';

/** What is special about a version of the API: how it names its metadata and shows a project. */
export interface CreateForm {
  /** e.g. google.cloudresourcemanager.v3.CreateProjectMetadata */
  readonly metadata: string;
  /** e.g. google.cloudresourcemanager.v3.Project */
  readonly type: string;
  readonly show: (project: Project) => object;
}

/**
 * Starts the making of a project and answers its operation. A wrong field and a taken ID are refused at once; a parent
 * on which the caller may not create, and a used-up quota, come as the operation's error (pasted 2020 and 2021).
 */
export function createProject(call: Call, wanted: WantedProject, form: CreateForm): object {
  const { world } = call;
  checkWanted(wanted);
  const parent = parentOf(call, wanted);
  const { projectId } = wanted;
  // Taken is taken, whoever has it, and also while it is deleted; the answer says no more than that.
  if (world.projects.has(projectId) || world.takenProjectIds.has(projectId))
    throw new ApiError('ALREADY_EXISTS', 'Requested entity already exists', {
      legacyReason: 'alreadyExists',
    });
  const creator = describePrincipal(call.principal);
  const made = world.projectsMade.get(creator) ?? 0;
  const error = denied(call, wanted, parent) ?? (made >= world.projectQuota ? quotaExceeded() : undefined);
  if (!error) {
    world.takenProjectIds.add(projectId);
    world.projectsMade.set(creator, made + 1);
  }
  const metadata = {
    '@type': `type.googleapis.com/${form.metadata}`,
    createTime: timestamp(world.clock.now()),
  };
  const finish = (at: number): Outcome =>
    error
      ? { error }
      : {
          response: {
            '@type': `type.googleapis.com/${form.type}`,
            ...form.show(addProject(call, wanted, parent, creator, at)),
          },
        };
  return showOperation(
    startOperation(world, error ? 'refusal' : 'project', {
      name: projectOperationName(world),
      metadata: error ? { ...metadata, ready: true } : metadata,
      metadataWhenDone: error ? undefined : { ...metadata, gettable: true, ready: true },
      finish,
    }),
  );
}

/** Where the project goes: what is named, else the organisation of the caller's domain, else nowhere. */
function parentOf({ world, principal }: Call, { parent }: WantedProject): string | undefined {
  if (parent) return parent;
  if (principal.kind === 'serviceAccount')
    throw new ApiError('PERMISSION_DENIED', 'Service accounts cannot create projects without a parent.');
  if (principal.kind !== 'user') return undefined;
  const domain = principal.email.split('@')[1];
  const own = [...world.organizations.values()].find((organization) => organization.domain === domain);
  return own && `organizations/${own.id}`;
}

/** The error of an operation whose caller may not create there; a parent that is absent is one ([U] the latter). */
function denied(call: Call, { projectId }: WantedProject, parent: string | undefined): object | undefined {
  if (!parent) return undefined;
  const { world } = call;
  const id = parent.slice(parent.indexOf('/') + 1);
  const folder = parent.startsWith('folders/') ? world.folders.get(id) : undefined;
  const organization = parent.startsWith('organizations/') ? world.organizations.get(id) : undefined;
  const resource = folder
    ? folderResource(world, folder)
    : organization && organizationResource(organization);
  if (resource && accessTo(call, resource).holds('resourcemanager.projects.create')) return undefined;
  return {
    code: 7,
    message: `Permission 'resourcemanager.projects.create' denied on parent resource '${parent}'.`,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ResourceInfo',
        resourceType: 'project',
        resourceName: `projects/${projectId}`,
      },
    ],
  };
}

function quotaExceeded(): object {
  const message = 'The project cannot be created because you have exceeded your allotted project quota.';
  return {
    code: 8,
    message,
    details: [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ description: message }] },
    ],
  };
}

/** The project is there, its creator its owner, without billing; once it is ready, every replica knows it. */
function addProject(
  { world }: Call,
  wanted: WantedProject,
  parent: string | undefined,
  creator: string,
  at: number,
): Project {
  const { projectId: id, displayName = id, labels } = wanted;
  const number = world.newProjectNumber();
  const project: Project = {
    kind: 'project',
    id,
    number,
    displayName,
    parent,
    labels,
    state: 'ACTIVE',
    createTime: at,
  };
  world.projects.set(id, project);
  world.projectIds.set(number, id);
  world.takenProjectIds.delete(id);
  world.services.load(id, new Set(DEFAULT_SERVICES.keys()));
  const owner = { role: 'roles/owner', members: [pinMember(world, creator)] };
  world.policies.load(`projects/${id}`, { bindings: [owner], auditConfigs: [], stamp: world.stamp() });
  return project;
}
