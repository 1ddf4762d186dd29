import type { KeylessUse } from '../faces/face.ts';
import { workflowLines } from '../handoff/export/workflow.ts';
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
        lines: workflowLines(provider, email),
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

/** The rest of what the step tells that begins so. */
function told(session: Session, beginning: string): string | undefined {
  const node = session.nodes['key'];
  const facts = node?.state === 'ready' ? node.facts : [];
  return facts.find(({ text }) => text.startsWith(beginning))?.text.slice(beginning.length);
}
