import { commandLine } from '../shell-line.ts';
import type { Expression, HclItem, HclValue } from './hcl.ts';
import { hclText } from './hcl.ts';
import { takenPermissions, type Handover } from './handover.ts';
import { comment } from './script-text.ts';
import { nothingStands, type Standing } from './standing.ts';
import { grantItems } from './terraform-grants.ts';
import { githubItems } from './terraform-github.ts';
import { attributes, resource } from './terraform-parts.ts';

/**
 * Terraform's configuration of the same. What stands already is imported; allow policies get single lines, never a whole
 * binding or policy, so what others granted stays. No key is in it: Terraform would keep its private key in its state.
 */
export function terraformText(handover: Handover, standing: Standing = nothingStands): string {
  const { project, profile, account, access, endpoint } = handover;
  const service = handover.services.map(({ name }): Expression => ({
    hcl: `google_project_service.${serviceLabel(name)}`,
  }));
  const after: HclItem[] =
    service.length === 0 ? [] : [{ attribute: 'depends_on', value: { list: service } }];
  const head = [
    comment(`Makes ${account.email} ready for ${profile.title}; written by iamready export terraform.`),
    ...(endpoint === undefined
      ? []
      : [comment(`Looked up at ${endpoint}; Terraform itself goes to Google.`)]),
  ];
  return hclText([
    { comment: head.join('\n'), alone: true },
    {
      block: 'terraform',
      body: [
        { attribute: 'required_version', value: '>= 1.5' },
        {
          block: 'required_providers',
          body: [{ attribute: 'google', value: { map: { source: 'hashicorp/google', version: '>= 5.0' } } }],
        },
      ],
    },
    { block: 'provider', labels: ['google'], body: attributes({ project: project.id }) },
    ...(needsNumber(handover)
      ? [
          {
            block: 'data',
            labels: ['google_project', 'project'],
            body: attributes({ project_id: project.id }),
          },
        ]
      : []),
    ...(handover.grants.some(({ on }) => on.kind === 'organization' && on.id === undefined)
      ? [
          {
            block: 'variable',
            labels: ['organization_id'],
            body: [
              { attribute: 'type', value: { hcl: 'string' } },
              { attribute: 'description', value: 'The number of the organisation that the project is in.' },
            ],
          },
        ]
      : []),
    ...handover.services.flatMap(({ name, why }) =>
      resource(
        'google_project_service',
        serviceLabel(name),
        attributes({ project: project.id, service: name, disable_on_destroy: false }),
        { why, importId: standing.services.includes(name) ? `${project.id}/${name}` : undefined },
      ),
    ),
    ...roleItems(handover, standing, after),
    ...resource(
      'google_service_account',
      'account',
      [
        ...attributes({
          ...{ project: project.id, account_id: account.id, display_name: account.displayName },
          description: account.description,
        }),
        ...after,
        ...keptAsFound(standing.account && !account.renamed, 'display_name', 'description'),
      ],
      {
        why: 'The account that your program signs in as.',
        importId: standing.account ? `projects/${project.id}/serviceAccounts/${account.email}` : undefined,
      },
    ),
    ...grantItems(handover, standing),
    ...accessItems(handover, standing, after),
    output('service_account', 'google_service_account.account.email'),
    ...(access.kind === 'github'
      ? [output('workload_identity_provider', 'google_iam_workload_identity_pool_provider.github.name')]
      : []),
  ]);
}

function roleItems({ project, role }: Handover, standing: Standing, after: readonly HclItem[]): HclItem[] {
  if (role === undefined) return [];
  const { id, title, description, stage, exact, moved, retitled, without } = role;
  // The permissions are Terraform's alone, so what others added would go if it were not said here.
  const extra = exact ? [] : standing.extra.filter((name) => name !== moved);
  const permissions: HclValue[] = [...takenPermissions(role).map(({ name }) => name), ...extra];
  return [
    ...without.map(({ name }) => ({
      comment: comment(`${name} is left out: somebody chose to do without it.`),
    })),
    ...(extra.length === 0 ? [] : [{ comment: comment(`Added by others, and kept: ${extra.join(', ')}`) }]),
    ...resource(
      'google_project_iam_custom_role',
      'role',
      [
        ...attributes({ project: project.id, role_id: id, title, description, stage }),
        { attribute: 'permissions', value: { list: permissions } },
        ...after,
        ...keptAsFound(standing.role && !retitled, 'title', 'description'),
      ],
      {
        why: 'Exactly what the account may do.',
        importId: standing.role ? `projects/${project.id}/roles/${id}` : undefined,
      },
    ),
  ];
}

/** What others may have chosen stays as they chose it. */
function keptAsFound(isKept: boolean, ...names: string[]): HclItem[] {
  if (!isKept) return [];
  const value = { list: names.map((hcl) => ({ hcl })) };
  return [{ block: 'lifecycle', body: [{ attribute: 'ignore_changes', value }] }];
}

function accessItems(handover: Handover, standing: Standing, after: readonly HclItem[]): HclItem[] {
  const { access, account, project } = handover;
  switch (access.kind) {
    case 'key': {
      const keys = ['gcloud', 'iam', 'service-accounts', 'keys', 'create', 'FILE'];
      const make = commandLine(...keys, `--iam-account=${account.email}`, `--project=${project.id}`);
      const lines = [
        '# No key: Terraform would keep the private key in its state, where others read it.',
        comment(`Once this is applied, make one beside it: ${make}`),
      ];
      return [{ comment: lines.join('\n'), alone: true }];
    }
    case 'impersonation':
      return resource(
        'google_service_account_iam_member',
        'impersonator',
        [
          { attribute: 'service_account_id', value: { hcl: 'google_service_account.account.name' } },
          ...attributes({ role: access.role, member: access.member }),
        ],
        {
          why: 'In place of a key: may act as the account.',
          importId: standing.access
            ? `projects/${project.id}/serviceAccounts/${account.email} ${access.role} ${access.member}`
            : undefined,
        },
      );
    case 'github':
      return githubItems(handover, access, standing, after);
    case 'attached':
      return [
        {
          comment: comment(
            `No key: where ${access.region}/${access.service} is configured, its template gets service_account = google_service_account.account.email`,
          ),
          alone: true,
        },
      ];
  }
}

function output(name: string, hcl: string): HclItem {
  return { block: 'output', labels: [name], body: [{ attribute: 'value', value: { hcl } }] };
}

const serviceLabel = (name: string): string =>
  name.replace(/\.googleapis\.com$/u, '').replaceAll(/[^a-z0-9]+/gu, '_');

/** Whether Terraform has to ask for the project's number. */
function needsNumber({ grants }: Handover): boolean {
  return grants.some(({ on }) => on.kind === 'account' && on.whose === 'compute' && on.email === undefined);
}
