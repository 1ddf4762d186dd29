import type { Cloud } from '../google/cloud.ts';
import { isBasicRole } from '../profile/basic-roles.ts';
import type { GraphRole, Unread } from './graph.ts';
import type { MadeIndex } from './made.ts';
import { readOr } from './unread.ts';
import { roleLabel } from './words.ts';

/** Reads roles by their full names, side by side. One that is not there any more is dead, and holds nothing. */
export async function readRoles(
  names: Iterable<string>,
  cloud: Cloud,
  made: MadeIndex,
  unread: Unread[],
): Promise<Map<string, GraphRole>> {
  const all = await Promise.all(
    [...new Set(names)].map(async (name): Promise<[string, GraphRole]> => {
      const about = {
        what: `the permissions of the role ${name}`,
        next: 'ask for roles/iam.roleViewer where the role was made',
      };
      // A role that is absent is an answer; one that may not be read is none.
      const found = await readOr(
        cloud.roles.get(name).then((role) => ({ role })),
        about,
        unread,
      );
      const role = found?.role;
      const isDead = found !== undefined && (role === undefined || role.deleted || role.stage === 'DISABLED');
      return [
        name,
        {
          ...{ name, label: roleLabel(name), title: role?.title ?? '', dead: isDead },
          ...{ custom: !name.startsWith('roles/'), basic: isBasicRole(name) },
          ...(found && { permissions: (role?.includedPermissions ?? []).toSorted() }),
          made: made.role(name),
        },
      ];
    }),
  );
  return new Map(all);
}
