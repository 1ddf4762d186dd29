import { isCloudError } from '../google/errors.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Evidence, Work } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import type { Tools } from './goal.ts';
import { goingPermissions } from './role-since.ts';
import { validPermissions, type SeenRole, type WantedRole } from './role-wanted.ts';

/**
 * Makes, restores or completes the role. Safe to repeat: a patch carries the etag it was worked out from, and takes away
 * only what was seen then, where a person said so.
 * @throws ProblemError where the ID is reserved; CloudError otherwise.
 */
export async function writeRole({ cloud }: Tools, work: Work<WantedRole, SeenRole>): Promise<Evidence> {
  const { wanted, seen, signal } = work;
  const permissions = validPermissions(wanted, seen).map(({ name }) => name);
  let role = seen.role ?? (await create());
  const before = seen.role?.etag ?? '';

  if (role.deleted) role = await cloud.roles.undelete(wanted.name, role.etag);
  const going = new Set(goingPermissions(wanted, seen).map(({ name }) => name));
  const held = role.includedPermissions.filter((name) => !going.has(name));
  const lacking = permissions.filter((name) => !role.includedPermissions.includes(name));
  const fields: ('includedPermissions' | 'stage' | 'title')[] = [];
  if (lacking.length > 0 || held.length < role.includedPermissions.length) fields.push('includedPermissions');
  if (role.stage === 'DISABLED') fields.push('stage');
  if (wanted.titleChosenBy !== undefined && role.title !== wanted.title) fields.push('title');
  if (fields.length > 0) {
    const { stage, title } = wanted;
    const changed = { includedPermissions: [...held, ...lacking], stage, title };
    const { etag } = role;
    role = await againIfUnavailable(() => cloud.roles.patch(wanted.name, changed, fields, etag), signal);
  }
  const asked = wanted.permissions.map(({ name }) => name).join(' ');
  return { name: wanted.name, before, after: role.etag ?? '', asked };

  async function create() {
    const { title, description, stage, project, id } = wanted;
    try {
      const role = { title, description, stage, includedPermissions: permissions };
      return await againIfUnavailable(() => cloud.roles.create(`projects/${project}`, id, role), signal);
    } catch (error) {
      if (!isCloudError(error, 'precondition')) throw error;
      // Refused though no role shows: deleted up to 7 days ago (it shows soon, and is then restored), or up to 37.
      const now = await cloud.roles.get(wanted.name);
      if (now === undefined) throw reserved(wanted, error);
      return now;
    }
  }
}

function reserved({ id, project }: WantedRole, cause: unknown): ProblemError {
  return new ProblemError(
    {
      mover: 'person',
      what: `the role ID ${id} is reserved in ${project}: a role of that name is marked for deletion`,
      why: 'Google keeps the ID of a deleted role for 37 days; after the first 7 it cannot be restored',
      next: `take another ID: --role-id=${id.slice(0, 63)}2`,
      exit: 'blocked',
    },
    { cause },
  );
}
