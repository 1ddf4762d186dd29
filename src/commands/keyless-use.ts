import type { KeylessUse } from '../faces/face.ts';
import { accountEmail, type Goal } from '../steps/goal.ts';
import { commandLine } from '../steps/shell.ts';
import type { Session } from '../wizard/session.ts';

/** How programs sign in as the account without a key, for the receipt; nothing where there is a key. */
export function keylessUse(goal: Goal, session: Session): KeylessUse | undefined {
  const { access } = goal.answers;
  switch (access.kind) {
    case 'key':
      return undefined;
    case 'impersonation': {
      const file = credentialsIn(session);
      if (file !== undefined)
        return {
          kind: access.kind,
          label: 'use',
          lines: [commandLine('export', `GOOGLE_APPLICATION_CREDENTIALS=${file}`)],
          file,
        };
      const login = ['gcloud', 'auth', 'application-default', 'login'];
      const lines = [commandLine(...login, `--impersonate-service-account=${accountEmail(goal)}`)];
      return { kind: access.kind, label: 'use', lines };
    }
  }
}

/** The file of credentials that act as the account, as its step tells it. */
function credentialsIn(session: Session): string | undefined {
  const node = session.nodes['key'];
  const told =
    node?.state === 'ready' ? node.facts.find(({ text }) => text.startsWith('credentials ')) : undefined;
  return told?.text.slice('credentials '.length);
}
