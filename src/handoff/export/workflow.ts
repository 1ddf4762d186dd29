import { comment } from './script-text.ts';
import type { GithubAccess, Handover } from './handover.ts';

/** The lines of a job that signs in as the account (google-github-actions/auth, README of v3.0.0). */
export function workflowLines(provider: string, email: string, before: readonly string[] = []): string[] {
  return [
    'permissions:',
    '  contents: read',
    '  id-token: write',
    'steps:',
    ...before.map((line) => `  ${line}`),
    '  - uses: google-github-actions/auth@v3',
    '    with:',
    `      workload_identity_provider: ${provider}`,
    `      service_account: ${email}`,
  ];
}

/**
 * A workflow that signs in as the account by its own identity, and asks what it may do there.
 * @param number of the project
 */
export function workflowText(
  { account, profile }: Handover,
  { repository, pool, provider }: GithubAccess,
  number: string,
): string {
  const name = `projects/${number}/locations/global/workloadIdentityPools/${pool.id}/providers/${provider.id}`;
  // What the checkout leaves is there before the credentials are: the auth action puts them beside it (its README).
  const job = workflowLines(name, account.email, ['- uses: actions/checkout@v4']);
  return [
    comment(`Signs in as ${account.email} for ${profile.title}; written by iamready export github-actions.`),
    comment(
      `It belongs into .github/workflows of ${repository}: those of other repositories get in nowhere. There is no key.`,
    ),
    'name: Signed in to Google Cloud',
    'on: workflow_dispatch',
    'jobs:',
    '  signed-in:',
    '    runs-on: ubuntu-latest',
    ...job.map((line) => `    ${line}`),
    '      # What your program does comes here: its libraries find the credentials by themselves.',
    '      - uses: google-github-actions/setup-gcloud@v3',
    '      - run: gcloud auth print-access-token > /dev/null',
    '',
  ].join('\n');
}
