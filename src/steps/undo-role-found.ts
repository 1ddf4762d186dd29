import type { Role } from '../google/roles.ts';
import { refused } from './refused.ts';
import type { Tools } from './goal.ts';
import { commandLine } from './shell.ts';
import { othersBindings } from './undo-ours.ts';
import type { Given, Read } from './undo-step.ts';

/** The role's full name, its ID, and how gcloud names it. */
export function roleOf({ traces, project }: Given) {
  const name = traces[0]?.made.name ?? '';
  const id = name.slice(name.lastIndexOf('/') + 1);
  const gcloud = (verb: string, ...flags: string[]): string =>
    commandLine('gcloud', 'iam', 'roles', verb, id, `--project=${project}`, ...flags);
  return { name, id, gcloud };
}

/** The role, if there is one that is in force. */
export async function findRole({ cloud }: Tools, given: Given, read: Read): Promise<Role | undefined> {
  const { name } = roleOf(given);
  const isLive = (role: Role | undefined): boolean => role?.deleted === false;
  const [role] = await read(() => cloud.roles.get(name), isLive);
  return isLive(role) ? role : undefined;
}

/** @throws ProblemError where somebody else was granted the role on the project */
export async function refuseUsed({ cloud }: Tools, given: Given): Promise<void> {
  const { name, id, gcloud } = roleOf(given);
  const policy = await cloud.projects.getPolicy(given.project);
  const others = othersBindings(policy, given.ours, { role: name });
  if (others.length === 0) return;
  const members = [...new Set(others.flatMap(({ members: all }) => all))];
  throw refused(
    `the role ${id} is granted to others, or otherwise than iamready granted it: ${members.join(', ')}`,
    'they would lose what it allows',
    `if nobody needs it: ${gcloud('delete')}`,
  );
}
