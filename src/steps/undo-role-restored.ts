import type { Role } from '../google/roles.ts';
import { againIfUnavailable } from './again.ts';
import type { UndoKind } from './undo-kind.ts';
import { findRole, refuseUsed, roleOf } from './undo-role-found.ts';
import { undoStep } from './undo-step.ts';

/** A role that was deleted before, and that a run restored. */
export const undoRoleRestored: UndoKind = {
  kind: 'role/restored',
  id: 'role-restored',
  step(given) {
    const { name, id, gcloud } = roleOf(given);
    return undoStep<Role | undefined>(given, {
      title: 'Custom role',
      why: 'The role had been deleted before, and is so again.',
      undo: 'for 7 days it can be restored; its ID stays taken for 37',
      doing: `look at or delete the role ${id}`,
      async look(tools, read) {
        const role = await findRole(tools, given, read);
        if (role !== undefined) await refuseUsed(tools, given);
        return role;
      },
      compare: (role) =>
        role === undefined
          ? []
          : [
              {
                sign: '-',
                what: 'role',
                name: id,
                from: 'restored',
                to: 'deleted, as it was',
                why: 'nobody else was granted it',
                source: 'restored by iamready',
                gcloud: gcloud('delete'),
                requires: ['iam.roles.delete'],
              },
            ],
      remains: () => [`role ${id}: restorable for 7 days; its ID stays taken for 37`],
      async act({ cloud }, role, signal) {
        if (role) await againIfUnavailable(() => cloud.roles.delete(name, role.etag), signal);
      },
    });
  },
};
