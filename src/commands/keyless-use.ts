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
      const file = told(session, 'credentials ');
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
    case 'github': {
      const provider = told(session, 'provider ');
      if (provider === undefined) return { kind: access.kind, label: 'use', lines: [] };
      const email = accountEmail(goal);
      return {
        kind: access.kind,
        label: 'use',
        intro: `in a workflow of ${access.repository}:`,
        lines: workflow(provider, email),
        provider,
      };
    }
    case 'attached': {
      const { region, service } = access;
      const flag = `--service-account=${accountEmail(goal)}`;
      const isThere = told(session, `${region}/${service} runs as `) !== undefined;
      return {
        kind: access.kind,
        label: 'use',
        lines: isThere
          ? [`${region}/${service} runs as the account`]
          : [commandLine('gcloud', 'run', 'deploy', service, `--region=${region}`, flag)],
      };
    }
  }
}

/** The lines of a job that signs in as the account (google-github-actions/auth, README of v3.0.0). */
function workflow(provider: string, email: string): string[] {
  return [
    'permissions:',
    '  contents: read',
    '  id-token: write',
    'steps:',
    '  - uses: google-github-actions/auth@v3',
    '    with:',
    `      workload_identity_provider: ${provider}`,
    `      service_account: ${email}`,
  ];
}

/** The rest of what the step tells that begins so. */
function told(session: Session, beginning: string): string | undefined {
  const node = session.nodes['key'];
  const facts = node?.state === 'ready' ? node.facts : [];
  return facts.find(({ text }) => text.startsWith(beginning))?.text.slice(beginning.length);
}
