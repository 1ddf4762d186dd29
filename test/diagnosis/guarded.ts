import { onTestFinished } from 'vitest';
import { cloudAt, fixedTokens } from '../google/clouds.ts';
import { startCloud } from '../simulator/kernel-cloud.ts';

export const EMAIL = 'robot-one@acme-one.iam.gserviceaccount.com';
export const ORGANIZATION = '100200300';

/** A world with an organisation, a folder, a project and an account that owns it; ada may see and change everything. */
export function guardedWorld(parts: {
  organization?: string;
  folder?: string;
  project?: string;
  rest?: string;
}) {
  return `
v: 1
operator: ada@acme.com
project: acme-one
users:
  - { email: ada@acme.com, token: bearer-of-ada }
  - { email: vera@acme.com, token: bearer-of-vera }
groups: [{ email: robots@acme.com, members: ['serviceAccount:${EMAIL}'] }]
organizations:
  - id: '${ORGANIZATION}'
    domain: acme.com
    policy:
      bindings:
        - role: roles/iam.denyAdmin
          members: ['user:ada@acme.com']
        - role: roles/iam.principalAccessBoundaryAdmin
          members: ['user:ada@acme.com']
        - role: roles/resourcemanager.organizationAdmin
          members: ['user:ada@acme.com']
    ${parts.organization ?? ''}
folders:
  - id: '400500600'
    displayName: Media
    parent: organizations/${ORGANIZATION}
    ${parts.folder ?? ''}
  - { id: '700800900', displayName: Elsewhere, parent: organizations/${ORGANIZATION} }
projects:
  - id: acme-one
    number: '111122223333'
    parent: folders/400500600
    services:
      - iam.googleapis.com
      - iamcredentials.googleapis.com
      - cloudresourcemanager.googleapis.com
      - policytroubleshooter.googleapis.com
    serviceAccounts: [{ id: robot-one }]
    policy:
      bindings:
        - { role: roles/owner, members: ['user:ada@acme.com'] }
        - { role: roles/iam.serviceAccountTokenCreator, members: ['user:ada@acme.com'] }
        - { role: roles/browser, members: ['user:vera@acme.com'] }
        - { role: roles/editor, members: ['serviceAccount:${EMAIL}'] }
    ${parts.project ?? ''}
${parts.rest ?? ''}
`;
}

/** A simulator of the world, as ada and as vera see it, and what the account holds on the project. */
export async function startGuarded(parts: Parameters<typeof guardedWorld>[0]) {
  const simulator = await startCloud({ yaml: guardedWorld(parts) });
  const log: string[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const cloud = cloudAt(simulator.endpoint, {
    credentials: fixedTokens('bearer-of-ada'),
    log: ({ api, method }) => log.push(`${api} ${method}`),
    signal: stop.signal,
  });
  const holds = async (...permissions: string[]) => {
    const robot = cloud.actingAs(EMAIL);
    return [...(await robot.projects.test('acme-one', permissions))];
  };
  return { simulator, cloud, log, stop, holds, vera: cloud.as(fixedTokens('bearer-of-vera')) };
}
