import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoLine } from './undo-line.ts';

/** The role on the project. */
export const undoGrant: UndoKind = {
  kind: 'grant/granted',
  id: 'grant',
  groupOf: ({ name, evidence }) => [name, evidence['role'], evidence['member']].join(' '),
  step(given) {
    const { project, ours, traces } = given;
    const { role = '', member = '' } = traces[0]?.evidence ?? {};
    const roleId = role.slice(role.lastIndexOf('/') + 1);
    const email = member.replace(/^serviceAccount:/u, '');
    const remove = ['gcloud', 'projects', 'remove-iam-policy-binding', project];
    const named = [`--member=${member}`, `--role=${role}`];

    return undoLine(given, {
      title: 'Grant',
      why: 'One line in the allow policy of the project. Every other line stays as it is.',
      undo: 'setup grants the role again',
      role,
      isMember: (shown) => shown === member || (shown.startsWith('deleted:') && ours.granted(role, shown)),
      of: project,
      get: ({ cloud }) => cloud.projects.getPolicy(project),
      set: ({ cloud }, policy) => cloud.projects.setPolicy(project, policy),
      called: `the grant of ${roleId} to ${email}`,
      change: {
        what: 'grant',
        name: roleId,
        from: `granted to ${email} on the project`,
        to: 'taken away',
        why: 'the account may do nothing here by it any more',
        gcloud: commandLine(...remove, ...named, '--condition=None'),
        requires: ['resourcemanager.projects.setIamPolicy'],
      },
      whatever: commandLine(...remove, ...named, '--all'),
    });
  },
};
