import type { Scene } from '../faces/face.ts';
import { accountEmail, type Goal } from '../steps/goal.ts';
import { commandLine } from '../steps/shell.ts';

/** How programs sign in as the account without a key, for the receipt; nothing where there is a key. */
export function keylessUse(goal: Goal): Scene['keyless'] {
  const { access } = goal.answers;
  const email = accountEmail(goal);
  switch (access.kind) {
    case 'key':
      return undefined;
    case 'impersonation':
      return {
        label: 'use',
        lines: [
          commandLine(
            'gcloud',
            'auth',
            'application-default',
            'login',
            `--impersonate-service-account=${email}`,
          ),
        ],
      };
  }
}
