import type { HclItem } from './hcl.ts';
import type { GithubAccess, Handover } from './handover.ts';
import type { Standing } from './standing.ts';
import { attributes, resource } from './terraform-parts.ts';

/** The pool, the provider that knows one repository, and who may act as the account. */
export function githubItems(
  { project, account }: Handover,
  { pool, provider, repository, role }: GithubAccess,
  standing: Standing,
  after: readonly HclItem[],
): HclItem[] {
  const there = `projects/${project.id}/locations/global/workloadIdentityPools/${pool.id}`;
  const number = project.number;
  return [
    ...resource(
      'google_iam_workload_identity_pool',
      'github',
      [
        ...attributes({
          ...{ project: project.id, workload_identity_pool_id: pool.id },
          ...{ display_name: pool.displayName, description: pool.description },
        }),
        ...after,
      ],
      {
        why: 'Google believes nobody from elsewhere but through such a pool.',
        importId: standing.pool ? there : undefined,
      },
    ),
    ...resource(
      'google_iam_workload_identity_pool_provider',
      'github',
      [
        ...attributes({ project: project.id }),
        {
          attribute: 'workload_identity_pool_id',
          value: { hcl: 'google_iam_workload_identity_pool.github.workload_identity_pool_id' },
        },
        ...attributes({
          ...{ workload_identity_pool_provider_id: provider.id },
          ...{ display_name: provider.displayName, description: provider.description },
          attribute_condition: provider.attributeCondition,
        }),
        { attribute: 'attribute_mapping', value: { map: provider.attributeMapping } },
        { block: 'oidc', body: attributes({ issuer_uri: provider.issuerUri }) },
      ],
      {
        why: 'Everybody on GitHub gets tokens of the same issuer: the condition tells yours apart.',
        importId: standing.provider ? `${there}/providers/${provider.id}` : undefined,
      },
    ),
    ...resource(
      'google_service_account_iam_member',
      'workflows',
      [
        { attribute: 'service_account_id', value: { hcl: 'google_service_account.account.name' } },
        ...attributes({ role }),
        {
          attribute: 'member',
          value: {
            template: [
              'principalSet://iam.googleapis.com/',
              { hcl: 'google_iam_workload_identity_pool.github.name' },
              `/attribute.repository/${repository}`,
            ],
          },
        },
      ],
      {
        why: 'In place of a key: workflows of the repository may act as the account.',
        importId:
          standing.access && number !== undefined
            ? `projects/${project.id}/serviceAccounts/${account.email} ${role} ${workflowsIn(number, pool.id, repository)}`
            : undefined,
      },
    ),
  ];
}

/** All workflows of a repository, as a policy names them (IAM docs, principal identifiers). */
export function workflowsIn(number: string, pool: string, repository: string): string {
  return `principalSet://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${pool}/attribute.repository/${repository}`;
}
