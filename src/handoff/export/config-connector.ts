import { stringify } from 'yaml';
import { takenPermissions, type Handover, type HandoverGrant } from './handover.ts';
import { comment } from './script-text.ts';
import { accountName } from './terraform-grants.ts';
import { workflowsIn } from './terraform-github.ts';

/** One object of Kubernetes, as Config Connector knows it (Config Connector reference, v1beta1). */
interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

const iam = 'iam.cnrm.cloud.google.com/v1beta1';

/**
 * Objects of Config Connector that make the same. What is there is taken over, and allow policies get single lines
 * (IAMPolicyMember), so what others granted stays. No key is in it: Config Connector would put it into a Secret.
 * @throws Error where a number that names hold was not looked up: see `lacksNumbers`
 */
export function configConnector(handover: Handover): string {
  const { account, profile, access } = handover;
  const head = [
    comment(
      `Makes ${account.email} ready for ${profile.title}; written by iamready export config-connector.`,
    ),
    '# Apply it in a namespace of Config Connector: kubectl apply --filename=FILE --namespace=NAMESPACE',
    ...(access.kind === 'key'
      ? ['# It makes no key, which would end up in a Secret of the cluster: iamready setup makes one.']
      : []),
    ...(access.kind === 'attached'
      ? [
          comment(
            `${access.region}/${access.service} has to run as the account: spec.template.serviceAccount.`,
          ),
        ]
      : []),
  ];
  const documents = resourcesOf(handover).map(
    ([why, resource]) => `---\n${comment(why)}\n${stringify(resource, { lineWidth: 0 })}`,
  );
  return `${head.join('\n')}\n${documents.join('')}`;
}

/** Whether names in it hold numbers that were not looked up. */
export function lacksNumbers({ project, grants, access }: Handover): boolean {
  return (
    (access.kind === 'github' && project.number === undefined) ||
    grants.some(
      ({ on }) =>
        (on.kind === 'organization' && on.id === undefined) ||
        (on.kind === 'account' && on.email === undefined),
    )
  );
}

function resourcesOf(handover: Handover): [why: string, resource: Resource][] {
  const { project, services, role, account, grants, access } = handover;
  const inProject = { 'cnrm.cloud.google.com/project-id': project.id };
  const all: [string, Resource][] = services.map(({ name, why }) => [
    why,
    {
      apiVersion: 'serviceusage.cnrm.cloud.google.com/v1beta1',
      kind: 'Service',
      // A service that somebody else uses by then would stop.
      metadata: { name, annotations: { 'cnrm.cloud.google.com/deletion-policy': 'abandon' } },
      spec: { projectRef: { external: `projects/${project.id}` } },
    },
  ]);
  if (role !== undefined)
    all.push([
      'Exactly what the account may do.',
      {
        apiVersion: iam,
        kind: 'IAMCustomRole',
        metadata: { name: objectName(role.id), annotations: inProject },
        spec: {
          resourceID: role.id,
          title: role.title,
          ...(role.description !== undefined && { description: role.description }),
          stage: role.stage,
          permissions: takenPermissions(role).map(({ name }) => name),
        },
      },
    ]);
  all.push([
    'The account that your program signs in as.',
    {
      apiVersion: iam,
      kind: 'IAMServiceAccount',
      metadata: { name: account.id, annotations: inProject },
      spec: {
        displayName: account.displayName,
        ...(account.description !== undefined && { description: account.description }),
      },
    },
  ]);
  for (const [at, grant] of grants.entries())
    all.push([grant.why, policyMember(`${account.id}-grant-${at + 1}`, grant, handover)]);
  return [...all, ...accessResources(handover, access)];
}

function accessResources(handover: Handover, access: Handover['access']): [string, Resource][] {
  const { project, account } = handover;
  const own = { kind: 'account', whose: 'own', email: account.email } as const;
  const name = `${account.id}-access`;
  if (access.kind === 'impersonation') {
    const { role, member } = access;
    return [
      ['In place of a key: may act as the account.', policyMember(name, { on: own, role, member }, handover)],
    ];
  }
  if (access.kind !== 'github') return [];
  const { pool, provider, repository, role } = access;
  const there = { projectRef: { external: `projects/${project.id}` }, location: 'global' };
  const member = workflowsIn(numberOf(project.number), pool.id, repository);
  return [
    [
      'Google believes nobody from elsewhere but through such a pool.',
      {
        apiVersion: iam,
        kind: 'IAMWorkloadIdentityPool',
        metadata: { name: pool.id },
        spec: { ...there, displayName: pool.displayName, description: pool.description },
      },
    ],
    [
      'Everybody on GitHub gets tokens of the same issuer: the condition tells yours apart.',
      {
        apiVersion: iam,
        kind: 'IAMWorkloadIdentityPoolProvider',
        metadata: { name: provider.id },
        spec: {
          ...there,
          workloadIdentityPoolRef: { name: pool.id },
          displayName: provider.displayName,
          description: provider.description,
          attributeMapping: provider.attributeMapping,
          attributeCondition: provider.attributeCondition,
          oidc: { issuerUri: provider.issuerUri },
        },
      },
    ],
    [
      'In place of a key: workflows of the repository may act as the account.',
      policyMember(name, { on: own, role, member }, handover),
    ],
  ];
}

function policyMember(
  name: string,
  { on, role, member, condition }: Omit<HandoverGrant, 'why'>,
  handover: Handover,
): Resource {
  return {
    apiVersion: iam,
    kind: 'IAMPolicyMember',
    metadata: { name },
    spec: {
      member,
      role,
      ...(condition && { condition }),
      resourceRef: referenceTo(on, handover),
    },
  };
}

function referenceTo(on: HandoverGrant['on'], { project, account }: Handover) {
  switch (on.kind) {
    case 'project':
      return { kind: 'Project', external: `projects/${project.id}` };
    case 'organization':
      return { kind: 'Organization', external: numberOf(on.id) };
    case 'bucket':
      return { kind: 'StorageBucket', external: on.name };
    case 'run-service':
      return {
        kind: 'RunService',
        external: `projects/${project.id}/locations/${on.region}/services/${on.name}`,
      };
    case 'account':
      if (on.whose === 'own') return { kind: 'IAMServiceAccount', name: account.id };
      return { kind: 'IAMServiceAccount', external: accountName(numberOf(on.email), project.id) };
  }
}

function numberOf(known: string | undefined): string {
  if (known === undefined) throw new Error('a number was not looked up');
  return known;
}

/** What Kubernetes takes for a name: lower-case letters, digits, dashes. */
function objectName(id: string): string {
  return (
    id
      .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, '-')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .replaceAll(/^-+|-+$/gu, '') || 'role'
  );
}
