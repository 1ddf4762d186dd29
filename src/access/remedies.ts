import { commandLine } from '../steps/shell.ts';
import { gcloudOf } from '../steps/spot.ts';
import type { AccessGraph, Grant, GraphCondition } from './graph.ts';

/** The command that takes a line out of an allow policy. */
export function removalOf(
  { role, member, condition, on }: Pick<Grant, 'role' | 'member' | 'condition' | 'on'>,
  { project }: AccessGraph,
): string {
  const { kind, id } = on;
  const line = {
    ...{ role, member },
    ...(condition && { condition: textsOf(condition) }),
  };
  if (kind !== 'folder') return gcloudOf('remove', line, { kind, id }, project);
  const words = gcloudOf('remove', line, { kind: 'organization', id }, project);
  return words.replace(/^gcloud organizations /u, 'gcloud resource-manager folders ');
}

/** What Google tells conditions apart by. */
function textsOf({ expression, title, description }: GraphCondition) {
  return { expression, title, ...(description !== undefined && { description }) };
}

/** The command that does something with a key of the account. */
export function keyCommand(
  verb: 'disable' | 'delete',
  id: string,
  { account, project }: AccessGraph,
): string {
  return commandLine(
    ...['gcloud', 'iam', 'service-accounts', 'keys', verb, id],
    ...[`--iam-account=${account.email}`, `--project=${project}`],
  );
}
