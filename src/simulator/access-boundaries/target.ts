import type { Resource } from '../resources.ts';
import { levelName, levelResource } from '../resources.ts';
import type { World } from '../world.ts';

const MANAGER = '//cloudresourcemanager.googleapis.com/';

/** The plural of a level, as in names: projects, folders, organizations. */
const plural = ({ name }: Resource): string => name.slice(0, name.indexOf('/'));

/** A principal set that a policy can be bound to from one level: its full name, and whose permissions binding it takes. */
export interface Target {
  readonly set: string;
  /** The resource type of the permissions, e.g. resourcemanager.projects for resourcemanager.projects.createPolicyBinding. */
  readonly type: string;
}

/**
 * The set that a full resource name stands for, if bindings of the level can have it: the level itself; a project's
 * pools; an organisation's workspace and workforce pools (IAM v3's messages). Workforce pools are not in any world, so
 * that every one is taken for granted.
 */
export function targetOf(world: World, level: Resource, full: string): Target | undefined {
  const type = `resourcemanager.${plural(level)}`;
  if (full.startsWith(MANAGER)) {
    const [kind = '', id = '', ...more] = full.slice(MANAGER.length).split('/');
    const same = more.length === 0 && levelResource(world, kind, id)?.name === level.name;
    return same ? { set: `${MANAGER}${levelName(level)}`, type } : undefined;
  }
  const pool =
    /^\/\/iam\.googleapis\.com\/(projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/[^/]+)$/.exec(
      full,
    );
  if (pool && level.project?.number === pool[2] && world.pools.get(pool[1] ?? ''))
    return { set: full, type: 'iam.workloadIdentityPools' };
  if (level.level !== 'organization') return undefined;
  if (/^\/\/iam\.googleapis\.com\/locations\/global\/workforcePools\/[^/]+$/.test(full))
    return { set: full, type: 'iam.googleapis.com/workforcePools' };
  const customer = world.organizations.get(level.name.slice('organizations/'.length))?.customerId ?? '';
  return full === `//iam.googleapis.com/locations/global/workspace/${customer}`
    ? { set: full, type: 'iam.googleapis.com/workspacePools' }
    : undefined;
}
