import type { Cloud } from '../google/cloud.ts';
import type { Binding } from '../google/policy.ts';
import type { Role } from '../google/roles.ts';
import { asMember } from '../steps/member.ts';
import { commandLine } from '../steps/shell.ts';
import type { Diagnosis } from './permission-test.ts';

/** What is tested, for whom, and who may look. */
export interface Case {
  project: string;
  /** Of the account, where it is known. */
  email: string | undefined;
  /** The account itself, and who acts as it. */
  observers: readonly Cloud[];
  /** The profile, as it was named: its commands find and mend most of this. */
  profile: string | undefined;
  /** How many of all that was asked are granted. */
  granted: number;
}

/** Gives the diagnosis of any missing permission. Reads the policy and the roles in it, where somebody may; never fails. */
export async function diagnose(about: Case): Promise<(permission: string) => Diagnosis> {
  const { project, email } = about;
  const bindings = email === undefined ? undefined : await bindingsOf(about, asMember(email));
  if (bindings === undefined) return () => unseen(about);
  if (bindings.length === 0)
    return () => ({
      reason: 'no-grant',
      cause: `the policy of ${project} grants ${email} nothing`,
      remedy: mend(about, `grant it a role: ${grantCommand(about)}`),
    });
  const roles = await rolesOf(about, bindings);
  return (permission) => inRoles(permission, about, bindings, roles);
}

function inRoles(
  permission: string,
  about: Case,
  bindings: readonly Binding[],
  roles: ReadonlyMap<string, Role | undefined>,
): Diagnosis {
  const { project } = about;
  const holding = bindings.filter(({ role }) => roles.get(role)?.includedPermissions.includes(permission));
  const alive = holding.filter(({ role }) => roles.get(role)?.deleted === false);
  const [open] = alive.filter(({ condition }) => condition === undefined);
  if (open !== undefined)
    return {
      reason: 'denied',
      cause: `its role ${open.role} holds it, so a deny policy above ${project} takes it away, or the grant is minutes old`,
      remedy: `run this again in ten minutes; if it stays, ask who keeps the deny policies above ${project}`,
    };
  const [conditional] = alive;
  if (conditional !== undefined)
    return {
      reason: 'condition',
      cause: `its role ${conditional.role} holds it under the condition "${conditional.condition?.title ?? conditional.condition?.expression ?? ''}", which is not met`,
      remedy: mend(about, `grant ${conditional.role} without a condition, too`),
    };
  const dead = bindings.filter(({ role }) => roles.get(role)?.deleted === true || !roles.get(role));
  if (dead.length === bindings.length)
    return {
      reason: 'role-deleted',
      cause: `its role ${dead.map(({ role }) => role).join(', ')} was deleted`,
      remedy: mend(about, 'bring the role back within 7 days: gcloud iam roles undelete'),
    };
  const names = bindings.map(({ role }) => role);
  return {
    reason: 'not-in-role',
    cause: `${names.length === 1 ? 'its role' : 'none of its roles'} ${names.join(', ')} ${names.length === 1 ? 'lacks' : 'holds'} it`,
    remedy: mend(about, addTo(names, permission)),
  };
}

/** Nobody here may look at the policy; whoever may, finds out by the profile. */
function unseen({ project, email, profile, granted }: Case): Diagnosis {
  const home = email === undefined ? undefined : /@([^.]+)\.iam\.gserviceaccount\.com$/u.exec(email)?.[1];
  const elsewhere = granted === 0 && home !== undefined && home !== project;
  return {
    reason: 'not-known',
    cause:
      granted === 0
        ? `it has nothing in ${project} of what was asked${elsewhere ? `, and belongs to ${home}: it may be the wrong project` : ''}`
        : `no role of it in ${project} holds it, or a deny policy takes it away; the account may not look which`,
    remedy:
      profile === undefined
        ? `let an owner of ${project} look: gcloud projects get-iam-policy ${project}`
        : `let an owner of ${project} run ${commandLine('iamready', 'check', `--profile=${profile}`, `--project=${project}`)}`,
  };
}

function mend({ profile, project }: Case, otherwise: string): string {
  return profile === undefined
    ? otherwise
    : `let an owner of ${project} run ${commandLine('iamready', 'repair', `--profile=${profile}`, `--project=${project}`)}`;
}

function addTo(roles: readonly string[], permission: string): string {
  const [, project, id] =
    roles.map((role) => /^projects\/([^/]+)\/roles\/(.+)$/u.exec(role)).find(Boolean) ?? [];
  if (project === undefined || id === undefined) return `grant it a role that holds ${permission}`;
  return `add it: ${commandLine('gcloud', 'iam', 'roles', 'update', id, `--project=${project}`, `--add-permissions=${permission}`)}`;
}

function grantCommand({ project, email }: Case): string {
  const member = asMember(email ?? '');
  return `${commandLine('gcloud', 'projects', 'add-iam-policy-binding', project, `--member=${member}`)} --role=ROLE`;
}

/** The bindings of the project that name the member; undefined where nobody may look. */
async function bindingsOf({ observers, project }: Case, member: string): Promise<Binding[] | undefined> {
  for (const observer of observers)
    try {
      const { bindings } = await observer.projects.getPolicy(project);
      return bindings.filter(({ members }) => members.includes(member));
    } catch {
      // That they may not look, or cannot just now, is no news of its own: the diagnosis is less precise.
    }
  return undefined;
}

async function rolesOf(
  { observers }: Case,
  bindings: readonly Binding[],
): Promise<ReadonlyMap<string, Role | undefined>> {
  const names = [...new Set(bindings.map(({ role }) => role))];
  const read = async (name: string): Promise<[string, Role | undefined]> => {
    for (const observer of observers)
      try {
        return [name, await observer.roles.get(name)];
      } catch {
        // As above.
      }
    return [name, undefined];
  };
  return new Map(await Promise.all(names.map(read)));
}
