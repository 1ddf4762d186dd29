import { nodeOf, type Session } from '../wizard/session.ts';
import { accountEmail, roleName, type Goal } from './goal.ts';
import { commandLine } from './shell.ts';

/**
 * The gcloud commands that take away what this session made, the last first. What was there before stays, and services
 * stay on: something else may use them by now.
 */
export function undoCommands(goal: Goal, session: Session): string[] {
  const { project, roleId, keyFile } = goal.answers;
  const email = accountEmail(goal);
  const made = (step: string): boolean => {
    const node = nodeOf(session, step);
    return node.state === 'ready' && node.changed.some(({ sign }) => sign === '+');
  };
  const sa = ['gcloud', 'iam', 'service-accounts'];
  const keyId = keyOf(session);
  return [
    ...(made('grant')
      ? [
          commandLine(
            ...['gcloud', 'projects', 'remove-iam-policy-binding', project, '--condition=None'],
            ...[`--member=serviceAccount:${email}`, `--role=${roleName(goal)}`],
          ),
        ]
      : []),
    // An account that is deleted takes its keys with it.
    ...(made('account')
      ? [commandLine(...sa, 'delete', email, `--project=${project}`)]
      : made('key') && keyId !== undefined
        ? [commandLine(...sa, 'keys', 'delete', keyId, `--iam-account=${email}`, `--project=${project}`)]
        : []),
    ...(made('role')
      ? [commandLine('gcloud', 'iam', 'roles', 'delete', roleId.value, `--project=${project}`)]
      : []),
    ...(made('key') ? [commandLine('rm', keyFile.value)] : []),
  ];
}

/** The ID of the key that the session settled on, as the key's step tells it. */
function keyOf(session: Session): string | undefined {
  const node = nodeOf(session, 'key');
  const told = node.state === 'ready' ? node.facts.find(({ text }) => text.startsWith('key ')) : undefined;
  return told?.text.slice('key '.length);
}
