import { asMember } from '../steps/member.ts';
import { commandLine } from '../steps/shell.ts';
import { gcloudOf, type Spot } from '../steps/spot.ts';
import type { Level } from './looking.ts';
import type { Subject } from './subject.ts';

/** A remedy's command: ours where the profile asks for what is lacking, else gcloud's. */
export function repairOr(
  { repair, mends }: Subject,
  permissions: readonly string[],
  otherwise: string | undefined,
): { command?: string; isOurs: boolean } {
  const isOurs = repair !== undefined && permissions.every((name) => mends.has(name));
  const command = isOurs ? repair : otherwise;
  return { isOurs, ...(command !== undefined && { command }) };
}

/** Grants a role on a resource; nothing for a folder, which is granted on by nobody here. */
export function grantCommand(
  role: string,
  level: Level,
  { project, email }: Pick<Subject, 'project' | 'email'>,
): string | undefined {
  const spot: Spot | undefined = level.kind === 'folder' ? undefined : level;
  const member = asMember(email);
  return spot === undefined
    ? commandLine(
        ...['gcloud', 'resource-manager', 'folders', 'add-iam-policy-binding', level.id],
        ...[`--member=${member}`, `--role=${role}`, '--condition=None'],
      )
    : gcloudOf('add', { role, member }, spot, project);
}

/** A change of a custom role; nothing for a predefined one, which is Google's. */
export function roleCommand(
  verb: 'update' | 'undelete',
  role: string,
  ...flags: string[]
): string | undefined {
  const [, kind, of, id] = /^(projects|organizations)\/([^/]+)\/roles\/(.+)$/u.exec(role) ?? [];
  if (kind === undefined || of === undefined || id === undefined) return undefined;
  const owner = kind === 'projects' ? `--project=${of}` : `--organization=${of}`;
  return commandLine('gcloud', 'iam', 'roles', verb, id, owner, ...flags);
}
