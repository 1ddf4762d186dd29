import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import { againIfUnavailable } from './again.ts';
import { refused } from './refused.ts';
import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoStep } from './undo-step.ts';

/** A line that a run wrote into the allow policy of the project. */
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
    const isOurs = (shown: string): boolean =>
      shown === member || (shown.startsWith('deleted:') && ours.granted(role, shown));
    const holds = (policy: Policy, conditional: boolean) =>
      policy.bindings.find(
        (binding) =>
          binding.role === role &&
          (binding.condition !== undefined) === conditional &&
          binding.members.some(isOurs),
      );

    return undoStep<Policy>(given, {
      title: 'Grant',
      why: 'One line in the allow policy of the project. Every other line stays as it is.',
      undo: 'setup grants the role again',
      doing: `read or change the allow policy of ${project}`,

      async look({ cloud }, read) {
        const [policy] = await read(
          () => cloud.projects.getPolicy(project),
          (each) => holds(each, false) !== undefined,
        );
        const changed = holds(policy, false) === undefined ? holds(policy, true) : undefined;
        if (changed === undefined) return policy;
        throw refused(
          `the grant of ${roleId} to ${email} has the condition "${changed.condition?.title ?? ''}" now`,
          'somebody else set it, so it is not ours to take away',
          `if it is to go: ${commandLine(...remove, ...named, '--all')}`,
        );
      },

      compare: (policy) =>
        holds(policy, false) === undefined
          ? []
          : [
              {
                sign: '-',
                what: 'grant',
                name: roleId,
                from: `granted to ${email} on the project`,
                to: 'taken away',
                why: 'the account may do nothing here by it any more',
                source: 'made by iamready',
                gcloud: commandLine(...remove, ...named, '--condition=None'),
                requires: ['resourcemanager.projects.setIamPolicy'],
              },
            ],

      async act({ cloud }, policy, signal) {
        if (holds(policy, false) === undefined) return;
        const bindings = policy.bindings.flatMap((binding) => {
          if (binding.role !== role || binding.condition !== undefined) return [binding];
          const members = binding.members.filter((shown) => !isOurs(shown));
          return members.length === 0 ? [] : [{ ...binding, members }];
        });
        await againIfUnavailable(() => cloud.projects.setPolicy(project, { ...policy, bindings }), signal);
      },
      problem: (error) =>
        // A policy cannot be written whose other members are gone by now, until those are taken out.
        isCloudError(error, 'invalid')
          ? {
              mover: 'person',
              what: `Google does not take the allow policy of ${project} without the grant`,
              why: error.message,
              next: 'do what the line above says, then run this again',
              exit: 'blocked',
            }
          : undefined,
    });
  },
};
