import { isCloudError } from '../google/errors.ts';
import type { Blocked, Blocks } from './blocked.ts';
import type { Subject } from './subject.ts';

/**
 * What stands above the allow policies: deny policies and principal access boundaries. Their clients are loaded only here,
 * and their reads are few a minute.
 */
export async function findBlocks(subject: Subject): Promise<Blocks> {
  const { observers, project, email, lacking, onWait } = subject;
  const permissions = [...new Set(lacking.map(({ name }) => name))];
  if (permissions.length === 0) return { causes: [], unread: [] };
  const [{ findDenials }, { findBoundaries }] = await Promise.all([
    import('./deny.ts'),
    import('./boundary.ts'),
  ]);
  const [cloud] = observers;
  const blocked: Blocked = { project, email, permissions, ...(onWait && { onWait }) };
  const [denials, boundaries] = await Promise.all([
    orUnread(findDenials(cloud, blocked), `the deny policies above ${project}`, 'iam.denypolicies.list'),
    orUnread(
      findBoundaries(cloud, blocked),
      `the principal access boundaries that are bound above ${project}`,
      'resourcemanager.organizations.searchPolicyBindings',
    ),
  ]);
  return {
    causes: [...denials.causes, ...boundaries.causes],
    unread: [...denials.unread, ...boundaries.unread],
  };
}

/** That this cannot be read now says nothing about what was found besides. */
async function orUnread(search: Promise<Blocks>, what: string, needs: string): Promise<Blocks> {
  try {
    return await search;
  } catch (error) {
    if (!isCloudError(error) || error.kind === 'cancelled') throw error;
    return { causes: [], unread: [{ what, needs, said: error.message }] };
  }
}
