import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import { called, gcloudOf, getPolicyAt, neededToGrant, setPolicyAt, spotFrom } from './spot.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoLine } from './undo-line.ts';
import { conditionIn } from './undo-ours.ts';

/** The policy of something that is gone. */
const none: Policy = { version: 3, etag: '', bindings: [] };

/** One role of the account, or of a person, on the project or on what it names. */
export const undoGrant: UndoKind = {
  kind: 'grant/granted',
  id: 'grant',
  groupOf: ({ name, evidence: { role, member, on, expression, title } }) =>
    [on ?? name, role, member, expression, title].join(' '),
  step(given) {
    const { project, ours, traces } = given;
    const { role = '', member = '', on, ...rest } = traces[0]?.evidence ?? {};
    const spot = spotFrom(on ?? `project/${project}`) ?? { kind: 'project', id: project };
    const condition = conditionIn(rest);
    const roleId = role.startsWith('roles/') ? role : role.slice(role.lastIndexOf('/') + 1);
    const whose = member.replace(/^serviceAccount:/u, '');
    const policy = spot.kind === 'project' ? 'the project' : called(spot);
    const gcloud = gcloudOf('remove', { role, member, condition }, spot, project);

    return undoLine(given, {
      title: 'Grant',
      why: `One line in the allow policy of ${policy}. Every other line stays as it is.`,
      undo: 'setup grants the role again',
      role,
      condition,
      isMember: (shown) =>
        shown === member ||
        (shown.startsWith('deleted:') && spot.kind === 'project' && ours.granted(role, shown, condition)),
      of: spot.kind === 'project' ? project : policy,
      async get({ cloud }) {
        try {
          return await getPolicyAt(spot, cloud, project);
        } catch (error) {
          // What is gone took its policy with it.
          if (spot.kind !== 'project' && isCloudError(error, 'not-found')) return none;
          throw error;
        }
      },
      set: ({ cloud }, next) => setPolicyAt(spot, cloud, project, next),
      called: `the grant of ${roleId} to ${whose}`,
      change: {
        what: 'grant',
        name: roleId,
        from: `granted to ${whose} on ${policy}`,
        to: 'taken away',
        why: 'the account may do nothing here by it any more',
        gcloud,
        ...neededToGrant(spot),
      },
      whatever: gcloud.replace(/ (?:'--condition=.*'|--condition=\S+)$/su, ' --all'),
    });
  },
};
