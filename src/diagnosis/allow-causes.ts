import type { Cause, Evidence } from './cause.ts';
import type { Fault } from './faults.ts';
import { isSame } from './faults.ts';
import type { Grants } from './grants.ts';
import type { Level } from './looking.ts';
import { grantCommand, repairOr, roleCommand } from './mending.ts';
import type { Subject } from './subject.ts';
import { levelShown, roleShown, them } from './words.ts';

/** Faults of one kind in one place, with every permission that they keep away, as causes. */
export async function allowCauses(
  found: readonly { permission: string; faults: readonly Fault[] }[],
  grants: Grants,
  subject: Subject,
): Promise<Cause[]> {
  const all = found.flatMap(({ permission, faults }) => faults.map((fault) => ({ permission, fault })));
  const groups = [...Map.groupBy(all, ({ fault }) => keyOf(fault)).values()];
  const causes = await Promise.all(
    groups.map(async (group) => {
      const [first] = group;
      if (first === undefined) return undefined;
      const permissions = [...new Set(group.map(({ permission }) => permission))];
      return causeOf(first.fault, permissions, grants, subject);
    }),
  );
  return causes.filter((cause) => cause !== undefined);
}

function keyOf(fault: Fault): string {
  switch (fault.kind) {
    case 'not-in-role':
      return JSON.stringify([fault.kind, fault.roles]);
    case 'role-deleted':
    case 'role-disabled':
      return JSON.stringify([fault.kind, fault.role]);
    case 'no-grant':
      return JSON.stringify([fault.kind, fault.role, fault.level]);
    case 'condition':
    case 'deleted-member': {
      const { role, level, member, condition } = fault.held;
      return JSON.stringify([fault.kind, role, level, member, condition]);
    }
  }
}

/** Nothing where what proves it was not read after all. */
async function causeOf(
  fault: Fault,
  permissions: readonly string[],
  grants: Grants,
  subject: Subject,
): Promise<Cause | undefined> {
  const { project, email } = subject;
  const names = permissions.length === 1 ? (permissions[0] ?? '') : `${permissions.length} permissions`;
  switch (fault.kind) {
    case 'not-in-role': {
      const [first, ...others] = fault.roles;
      if (first === undefined) return undefined;
      const shown = fault.roles.map(roleShown).join(', ');
      const custom = fault.roles.find((role) => !role.startsWith('roles/'));
      const add = custom && roleCommand('update', custom, `--add-permissions=${permissions.join(',')}`);
      const role =
        add === undefined ? await subject.smallestRole?.(permissions, grants.spot.kind) : undefined;
      const give = role && grantCommand(role, grants.spot, subject);
      const { command, isOurs } = repairOr(subject, permissions, add ?? give);
      const read = fault.roles.flatMap((role) => citeRole(role, permissions, grants));
      return proven(read, {
        kind: 'not-in-role',
        permissions,
        what:
          others.length === 0
            ? `the role ${shown} does not hold ${them(permissions)}`
            : `none of its roles holds ${them(permissions)}: ${shown}`,
        remedy:
          isOurs || add !== undefined
            ? `add ${them(permissions)} to the role: whoever administers roles in ${project}`
            : `grant ${role ?? `a role that holds ${them(permissions)}`}: whoever may change the policy of ${levelShown(grants.spot)}`,
        ...(command !== undefined && { command }),
      });
    }
    case 'role-deleted': {
      const { role, isGone } = fault;
      const { command, isOurs } = repairOr(
        subject,
        permissions,
        isGone ? undefined : roleCommand('undelete', role),
      );
      return proven(citeState(role, isGone ? 'there is no such role' : 'it is deleted', grants), {
        kind: 'role-deleted',
        permissions,
        what: isGone
          ? `there is no role ${roleShown(role)}: it was never made, or deleted more than 7 days ago`
          : `the role ${roleShown(role)} was deleted, so that its grants have no effect`,
        remedy: isGone
          ? `make the role again, under another ID where this one stays taken${isOurs ? ' (--role-id)' : ''}: whoever administers roles in ${project}`
          : `bring the role back, which is possible within 7 days, later under another ID: whoever administers roles in ${project}`,
        ...(command !== undefined && { command }),
      });
    }
    case 'role-disabled': {
      const { role } = fault;
      const { command } = repairOr(subject, permissions, roleCommand('update', role, '--stage=GA'));
      return proven(citeState(role, 'its stage is DISABLED', grants), {
        kind: 'role-disabled',
        permissions,
        what: `the role ${roleShown(role)} is disabled, so that its grants have no effect`,
        remedy: `give the role another stage: whoever administers roles in ${project}`,
        ...(command !== undefined && { command }),
      });
    }
    case 'no-grant': {
      const { role, level } = fault;
      const fitting = role ?? (await subject.smallestRole?.(permissions, grants.spot.kind));
      const { command, isOurs } = repairOr(
        subject,
        permissions,
        fitting && grantCommand(fitting, level, subject),
      );
      const said =
        role === undefined ? `no binding names ${email}` : `no binding gives ${email} ${roleShown(role)}`;
      return proven(citePolicy(level, said, grants), {
        kind: 'no-grant',
        permissions,
        what:
          role === undefined
            ? `nothing is granted to ${email} on ${levelShown(level)}`
            : `${roleShown(role)} is not granted to ${email} on ${levelShown(level)}`,
        remedy:
          role === undefined && !isOurs
            ? `grant it ${fitting ?? `a role that holds ${names}`}: whoever may change the policy of ${levelShown(level)}`
            : `grant it: whoever may change the policy of ${levelShown(level)}`,
        ...(command !== undefined && { command }),
      });
    }
    case 'condition': {
      const { role, level, condition } = fault.held;
      const title = condition?.title ?? '';
      const isWanted = subject.lines.some(
        (line) => line.role === role && line.condition?.expression === condition?.expression,
      );
      const { command } = repairOr(
        isWanted ? { ...subject, repair: undefined } : subject,
        permissions,
        grantCommand(role, level, subject),
      );
      const said = `${roleShown(role)} is given ${title === '' ? 'on a condition' : `on the condition "${title}"`}: ${condition?.expression ?? ''}`;
      return proven(citePolicy(level, said, grants), {
        kind: 'condition',
        permissions,
        what: `${roleShown(role)} is granted on ${levelShown(level)} under ${title === '' ? 'a condition' : `the condition "${title}"`}, which is false now: ${condition?.expression ?? ''}`,
        remedy: `grant it without the condition${isWanted ? ', or change the condition in the profile' : ''}: whoever may change the policy of ${levelShown(level)}`,
        ...(command !== undefined && { command }),
      });
    }
    case 'deleted-member': {
      const { role, level, member } = fault.held;
      const dead = member.slice(member.indexOf('?uid=') + '?uid='.length);
      const { command } = repairOr(subject, permissions, grantCommand(role, level, subject));
      return proven(citePolicy(level, `${roleShown(role)} is given to ${member}`, grants), {
        kind: 'deleted-member',
        permissions,
        what: `${roleShown(role)} is granted on ${levelShown(level)} to an account of this name that was deleted (unique ID ${dead}), and not to the one of now`,
        remedy: `grant it anew: whoever may change the policy of ${levelShown(level)}`,
        ...(command !== undefined && { command }),
      });
    }
  }
}

function proven([first, ...more]: readonly Evidence[], cause: Omit<Cause, 'evidence'>): Cause | undefined {
  return first && { ...cause, evidence: [first, ...more] };
}

function citePolicy(level: Level, said: string, { policies }: Grants): Evidence[] {
  return policies.flatMap((each) =>
    isSame(each.level, level) && !('unread' in each.read) ? [each.read.cite(said)] : [],
  );
}

function citeState(role: string, said: string, { roles }: Grants): Evidence[] {
  const read = roles.get(role);
  return read === undefined || 'unread' in read ? [] : [read.cite(said)];
}

function citeRole(role: string, permissions: readonly string[], grants: Grants): Evidence[] {
  const held = grants.roles.get(role)?.value?.includedPermissions.length ?? 0;
  return citeState(
    role,
    `it holds ${held} permission${held === 1 ? '' : 's'}, and not ${permissions.join(', ')}`,
    grants,
  );
}
