import type { Folder, Organization, Project, ServiceAccount, World } from './world.ts';

export type Level = 'organization' | 'folder' | 'project' | 'resource';

/** Something a permission is checked on: what authorisation and conditions need to know of it. */
export interface Resource {
  /** Where its own allow policy stands in the world. */
  readonly name: string;
  readonly level: Level;
  /** The policies that reach it, nearest first: its own, its project's, the folders', the organisation's. */
  readonly ancestors: readonly string[];
  readonly project?: Project | undefined;
  /** resource.name, resource.type and resource.service of conditions. */
  readonly condition: { readonly name: string; readonly type: string; readonly service: string };
}

const MANAGER = 'cloudresourcemanager.googleapis.com';

/** Finds a project by ID or number. */
export function findProject(world: World, idOrNumber: string): Project | undefined {
  return world.projects.get(idOrNumber) ?? world.projects.get(world.projectIds.get(idOrNumber) ?? '');
}

/** The account that holds an e-mail (or unique ID) now, at the primary; a deleted one is not found. */
export function findAccount(world: World, emailOrId: string): ServiceAccount | undefined {
  const ids = world.accountIds.get(emailOrId) ?? [emailOrId];
  return ids
    .map((id) => world.accounts.get(id))
    .find((account) => account && account.deletedAt === undefined);
}

/** The names above and including `parent`, nearest first. */
export function lineage(world: World, parent: string | undefined): string[] {
  const names: string[] = [];
  for (let name = parent; name;) {
    names.push(name);
    name = name.startsWith('folders/') ? world.folders.get(name.slice('folders/'.length))?.parent : undefined;
  }
  return names;
}

export function projectResource(world: World, project: Project): Resource {
  const name = `projects/${project.id}`;
  return {
    name,
    level: 'project',
    project,
    ancestors: [name, ...lineage(world, project.parent)],
    // [U] whether Google puts the number or the ID here.
    condition: { name: `projects/${project.number}`, type: `${MANAGER}/Project`, service: MANAGER },
  };
}

export function folderResource(world: World, folder: Folder): Resource {
  const name = `folders/${folder.id}`;
  return {
    name,
    level: 'folder',
    ancestors: lineage(world, name),
    condition: { name, type: `${MANAGER}/Folder`, service: MANAGER },
  };
}

export function organizationResource(organization: Organization): Resource {
  const name = `organizations/${organization.id}`;
  return {
    name,
    level: 'organization',
    ancestors: [name],
    condition: { name, type: `${MANAGER}/Organization`, service: MANAGER },
  };
}

/** The project, folder or organisation that `LEVEL/ID` names; a project by its ID or number. */
export function levelResource(world: World, level: string, id: string): Resource | undefined {
  if (level === 'projects') {
    const project = findProject(world, id);
    return project && projectResource(world, project);
  }
  if (level === 'folders') {
    const folder = world.folders.get(id);
    return folder && folderResource(world, folder);
  }
  const organization = level === 'organizations' ? world.organizations.get(id) : undefined;
  return organization && organizationResource(organization);
}

/** How answers name a resource: projects by number, however they were asked for (discovery document). */
export const levelName = ({ name, project }: Resource): string =>
  project ? `projects/${project.number}` : name;

/** A service account as a resource with a policy of its own. */
export function accountResource(world: World, account: ServiceAccount): Resource {
  const name = `projects/${account.projectId}/serviceAccounts/${account.uniqueId}`;
  const project = world.projects.get(account.projectId);
  return {
    name,
    level: 'resource',
    project,
    ancestors: [name, `projects/${account.projectId}`, ...lineage(world, project?.parent)],
    condition: {
      name: `projects/${account.projectId}/serviceAccounts/${account.uniqueId}`,
      type: 'iam.googleapis.com/ServiceAccount',
      service: 'iam.googleapis.com',
    },
  };
}
