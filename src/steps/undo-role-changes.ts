import type { Role, RoleContent } from '../google/roles.ts';
import type { Change } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { refused } from './refused.ts';
import type { Tools } from './goal.ts';
import { wordsIn } from './undo-entries.ts';
import type { UndoKind } from './undo-kind.ts';
import { findRole, roleOf } from './undo-role-found.ts';
import { undoStep, type Given } from './undo-step.ts';

/** Permissions that runs added to a role that was there. */
export const undoRoleExtended: UndoKind = {
  kind: 'role/extended',
  id: 'role-permissions',
  step(given) {
    const { id, gcloud } = roleOf(given);
    const added = new Set(given.traces.flatMap(({ evidence }) => wordsIn(evidence['permissions'])));
    const without = (role: Role) => role.includedPermissions.filter((name) => !added.has(name));
    return undoStep<Role | undefined>(given, {
      title: 'Permissions',
      why: 'Permissions that were added to a role that was there before. What else it holds stays.',
      undo: 'they can be added again any time',
      doing: `look at or change the role ${id}`,
      look: (tools, read) => findRole(tools, given, read),
      compare(role) {
        const held = role?.includedPermissions.filter((name) => added.has(name)) ?? [];
        if (held.length === 0) return [];
        const names = held.join(', ');
        return [
          changeOf(id, {
            from: `holds ${names}`,
            to: 'without, as it was',
            why: 'the role did not have them before',
            gcloud: gcloud('update', `--remove-permissions=${held.join(',')}`),
          }),
        ];
      },
      act: (tools, role, signal) =>
        patch(tools, given, role, signal, (now) => ({ includedPermissions: without(now) })),
    });
  },
};

/** Permissions that others gave a role, and that runs took out of it when they were told to. */
export const undoRoleNarrowed: UndoKind = {
  kind: 'role/narrowed',
  id: 'role-narrowed',
  step(given) {
    const { id, gcloud } = roleOf(given);
    const taken = new Set(given.traces.flatMap(({ evidence }) => wordsIn(evidence['permissions'])));
    const lacking = (role: Role) => [...taken].filter((name) => !role.includedPermissions.includes(name));
    return undoStep<Role | undefined>(given, {
      title: 'Permissions of others',
      why: 'Permissions that others gave the role, and that were taken out of it on your word.',
      undo: 'they can be taken out again any time',
      doing: `look at or change the role ${id}`,
      look: (tools, read) => findRole(tools, given, read),
      compare(role) {
        const names = role === undefined ? [] : lacking(role);
        if (names.length === 0) return [];
        return [
          changeOf(id, {
            from: `without ${names.join(', ')}`,
            to: 'with them, as it was',
            why: 'somebody else had put them there',
            gcloud: gcloud('update', `--add-permissions=${names.join(',')}`),
          }),
        ];
      },
      act: (tools, role, signal) =>
        patch(tools, given, role, signal, (now) => ({
          includedPermissions: [...now.includedPermissions, ...lacking(now)],
        })),
    });
  },
};

/** A role that was there, and whose title runs changed. */
export const undoRoleTitled: UndoKind = {
  kind: 'role/titled',
  id: 'role-title',
  step(given) {
    const { id, gcloud } = roleOf(given);
    const from = given.traces[0]?.evidence['from'] ?? '';
    const to = given.traces.at(-1)?.evidence['to'] ?? '';
    const back = gcloud('update', `--title=${from}`);
    return undoStep<Role | undefined>(given, {
      title: 'Role title',
      why: 'The title that the role had before.',
      undo: 'it can be changed any time',
      doing: `look at or change the role ${id}`,
      async look(tools, read) {
        const role = await findRole(tools, given, read);
        if (role === undefined || [from, to].includes(role.title)) return role;
        throw refused(
          `the role ${id} is titled "${role.title}" now, which is not the title that iamready gave it`,
          'somebody else has titled it since',
          `if it is to have its old title: ${back}`,
        );
      },
      compare: (role) =>
        role === undefined || role.title === from
          ? []
          : [
              changeOf(id, {
                from: `titled "${to}"`,
                to: `titled "${from}", as it was`,
                why: 'people read the title',
                gcloud: back,
              }),
            ],
      act: (tools, role, signal) => patch(tools, given, role, signal, () => ({ title: from })),
    });
  },
};

/** A role that was disabled before. */
export const undoRoleEnabled: UndoKind = {
  kind: 'role/enabled',
  id: 'role-stage',
  step(given) {
    const { id, gcloud } = roleOf(given);
    const stage = given.traces.at(-1)?.evidence['stage'];
    const back = gcloud('update', '--stage=DISABLED');
    return undoStep<Role | undefined>(given, {
      title: 'Role on',
      why: 'The role was disabled before, and is so again: whoever has it may do nothing by it.',
      undo: 'it can be enabled any time',
      doing: `look at or change the role ${id}`,
      async look(tools, read) {
        const role = await findRole(tools, given, read);
        if (role === undefined || role.stage === 'DISABLED' || role.stage === stage) return role;
        throw refused(
          `the role ${id} is in stage ${role.stage} now, which is not the one that iamready gave it`,
          'somebody else has changed it since',
          `if it is to be disabled: ${back}`,
        );
      },
      compare: (role) =>
        role === undefined || role.stage === 'DISABLED'
          ? []
          : [
              changeOf(id, {
                from: `in stage ${role.stage}`,
                to: 'disabled, as it was',
                why: 'nobody had anything by it before',
                gcloud: back,
              }),
            ],
      act: (tools, role, signal) => patch(tools, given, role, signal, () => ({ stage: 'DISABLED' })),
    });
  },
};

function changeOf(id: string, rest: Pick<Change, 'from' | 'to' | 'why' | 'gcloud'>): Change {
  return {
    sign: '~',
    what: 'role',
    name: id,
    ...rest,
    source: 'changed by iamready',
    requires: ['iam.roles.update'],
  };
}

/** Writes these fields, unless the role was written since it was read. */
async function patch(
  { cloud }: Tools,
  given: Given,
  role: Role | undefined,
  signal: AbortSignal,
  content: (now: Role) => Pick<RoleContent, 'title' | 'stage' | 'includedPermissions'>,
): Promise<void> {
  if (role === undefined) return;
  const { name } = roleOf(given);
  const written = content(role);
  const fields = (['title', 'stage', 'includedPermissions'] as const).filter((field) => field in written);
  await againIfUnavailable(() => cloud.roles.patch(name, written, fields, role.etag), signal);
}
