import type { Role } from '../google/roles.ts';
import { againIfUnavailable } from './again.ts';
import { refused } from './refused.ts';
import { wordsIn } from './undo-entries.ts';
import type { UndoKind } from './undo-kind.ts';
import { findRole, refuseUsed, roleOf } from './undo-role-found.ts';
import { undoStep, type Given } from './undo-step.ts';

/** A custom role that a run made, with all that was done to it since. */
export const undoRole: UndoKind = {
  kind: 'role/created',
  id: 'role',
  step(given) {
    const { name, id, gcloud } = roleOf(given);

    return undoStep<Role | undefined>(given, {
      title: 'Custom role',
      why: 'The list of what the account might do. Nobody else was granted it.',
      undo: 'for 7 days it can be restored; its ID stays taken for 37',
      doing: `look at or delete the role ${id}`,

      async look(tools, read) {
        const role = await findRole(tools, given, read);
        if (role === undefined) return undefined;
        const differences = differencesOf(role, given);
        if (differences.length > 0)
          throw refused(
            `the role ${id} is not as iamready made it: ${differences.join('; ')}`,
            'somebody else has changed it since',
            `if nobody needs it: ${gcloud('delete')}`,
          );
        await refuseUsed(tools, given);
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
                from: `${role.includedPermissions.length} permissions`,
                to: 'deleted, restorable for 7 days',
                why: 'it was made for this account, and nobody else was granted it',
                source: 'made by iamready',
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

/** In what the role differs from what runs have written, as the journal tells it. */
function differencesOf(role: Role, { traces, journal }: Given): string[] {
  const one = (did: string) => traces.findLast(({ made }) => made.did === did)?.evidence ?? {};
  const title = one('titled')['to'] ?? one('created')['title'];
  const stage = one('enabled')['stage'] ?? one('created')['stage'];
  // What somebody added and a repair took away again was never written by us.
  const ours = traces.filter(({ made }) => made.did !== 'narrowed');
  const written = new Set(ours.flatMap(({ evidence }) => wordsIn(evidence['permissions'])));
  const held = new Set(role.includedPermissions);
  const added = [...held].filter((permission) => !written.has(permission));
  // What the profile had ceased to ask for when the role was last written, a run may have taken out.
  const receipt = journal.receipt('role');
  const asked = receipt?.['name'] === role.name ? receipt['asked'] : undefined;
  const kept = asked === undefined ? written : new Set(wordsIn(asked));
  const lost = [...written].filter((permission) => kept.has(permission) && !held.has(permission));
  return [
    ...(title === undefined || title === role.title ? [] : [`titled "${role.title}"`]),
    ...(stage === undefined || stage === role.stage ? [] : [`in stage ${role.stage}`]),
    ...(added.length === 0 ? [] : [`also holds ${added.join(', ')}`]),
    ...(lost.length === 0 ? [] : [`lost ${lost.join(', ')}`]),
  ];
}
