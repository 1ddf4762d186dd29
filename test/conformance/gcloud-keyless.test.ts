import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { account } from '../simulator/iam-cloud.ts';
import { cloudWithGcloud, gcloudTest } from './gcloud.ts';

const POOL = 'projects/123456789012/locations/global/workloadIdentityPools/github';
const CONSTRAINT = 'iam.disableServiceAccountKeyCreation';

gcloudTest(
  'gcloud lets a repository act as an account, where keys are forbidden, and signs in as it',
  async () => {
    const { gcloud, run, owner, folder, endpoint } = await cloudWithGcloud({ constraint: CONSTRAINT });
    await owner.post('projects/sample/services/orgpolicy.googleapis.com:enable', {});
    expect(await gcloud('org-policies', 'describe', CONSTRAINT, '--project=sample', '--effective')).toEqual({
      name: `projects/123456789012/policies/${CONSTRAINT}`,
      spec: { rules: [{ enforce: true }] },
    });

    const email = await account(owner, 'renderer');
    const pools = ['iam', 'workload-identity-pools'];
    await gcloud(...pools, 'create', 'github', '--location=global', '--display-name=GitHub');
    await gcloud(
      ...[
        ...pools,
        'providers',
        'create-oidc',
        'actions',
        '--location=global',
        '--workload-identity-pool=github',
      ],
      '--issuer-uri=https://token.actions.githubusercontent.com',
      '--attribute-mapping=google.subject=assertion.sub,attribute.repository=assertion.repository',
      "--attribute-condition=assertion.repository_owner == 'acme'",
    );
    expect(await owner.get(`${POOL}/providers/actions`)).toMatchObject({ state: 'ACTIVE' });
    await gcloud(
      ...['iam', 'service-accounts', 'add-iam-policy-binding', email],
      `--member=principalSet://iam.googleapis.com/${POOL}/attribute.repository/acme/video`,
      '--role=roles/iam.workloadIdentityUser',
    );

    const response = await fetch(`${endpoint}/_/oidc/token`, {
      method: 'POST',
      body: JSON.stringify({ audience: `https://iam.googleapis.com/${POOL}/providers/actions` }),
    });
    const subjectToken = join(folder, 'subject-token');
    await writeFile(subjectToken, ((await response.json()) as { token: string }).token);
    const file = join(folder, 'federated.json');
    const impersonate = `${endpoint}/v1/projects/-/serviceAccounts/${email}:generateAccessToken`;
    await writeFile(
      file,
      JSON.stringify({
        type: 'external_account',
        audience: `//iam.googleapis.com/${POOL}/providers/actions`,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `${endpoint}/v1/token`,
        credential_source: { file: subjectToken },
        service_account_impersonation_url: impersonate,
      }),
    );
    // Only the account itself may look at accounts, so whoever can has become it.
    await owner.post('projects/sample:setIamPolicy', {
      policy: {
        bindings: [
          { role: 'roles/owner', members: ['user:owner@example.com'] },
          { role: 'roles/iam.serviceAccountTokenCreator', members: ['user:owner@example.com'] },
          { role: 'roles/iam.serviceAccountViewer', members: [`serviceAccount:${email}`] },
        ],
      },
    });
    expect(await run(['iam', 'service-accounts', 'describe', email], file)).toMatchObject({ exitCode: 0 });
    const described = await gcloud(
      ...['iam', 'service-accounts', 'describe', email, `--impersonate-service-account=${email}`],
    );
    expect(described).toMatchObject({ email });
  },
);
