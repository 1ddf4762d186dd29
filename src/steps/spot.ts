import type { Cloud } from '../google/cloud.ts';
import type { Policy } from '../google/policy.ts';
import { bindingWords } from '../handoff/gcloud-binding.ts';
import type { Change } from '../wizard/step.ts';
import type { Granted } from './policy-grant.ts';
import { commandLine } from './shell.ts';

/** One resource that has an allow policy, by what Google calls it. `account` is an address, `organization` a number. */
export type Spot =
  | { kind: 'project'; id: string }
  | { kind: 'account'; id: string }
  | { kind: 'organization'; id: string }
  | { kind: 'bucket'; id: string }
  /** REGION/NAME. */
  | { kind: 'run-service'; id: string };

const kinds = [
  'project',
  'account',
  'organization',
  'bucket',
  'run-service',
] as const satisfies Spot['kind'][];

/** As the journal keeps it: "bucket/acme-reports". */
export function spotText({ kind, id }: Spot): string {
  return `${kind}/${id}`;
}

/** What the journal kept; undefined for what a newer version wrote. */
export function spotFrom(text: string): Spot | undefined {
  const kind = kinds.find((each) => text.startsWith(`${each}/`));
  return kind && { kind, id: text.slice(kind.length + 1) };
}

/** As people call it: "the bucket acme-reports". */
export function called({ kind, id }: Spot): string {
  switch (kind) {
    case 'project':
      return 'the project';
    case 'account':
      return id;
    case 'organization':
      return `the organisation ${id}`;
    case 'bucket':
      return `the bucket ${id}`;
    case 'run-service':
      return `the Cloud Run service ${id}`;
  }
}

/** The command that adds a line, or takes it away. */
export function gcloudOf(verb: 'add' | 'remove', line: Granted, spot: Spot, project: string): string {
  return commandLine(...bindingWords(verb, line, spot, project));
}

/** Those of a project that are for looking are asked with all the others. */
const toSetPolicy: Readonly<Record<Spot['kind'], readonly string[]>> = {
  project: ['resourcemanager.projects.setIamPolicy'],
  account: ['iam.serviceAccounts.setIamPolicy', 'iam.serviceAccounts.getIamPolicy'],
  organization: ['resourcemanager.organizations.setIamPolicy', 'resourcemanager.organizations.getIamPolicy'],
  bucket: ['storage.buckets.setIamPolicy', 'storage.buckets.getIamPolicy'],
  'run-service': ['run.services.setIamPolicy', 'run.services.getIamPolicy'],
};

/** What the operator needs to change the policy: on the project, or where that is often decided, on the thing itself. */
export function neededToGrant(spot: Spot): Pick<Change, 'requires' | 'requiresAt'> {
  const permissions = permissionsAt(spot);
  if (spot.kind === 'project') return { requires: permissions };
  return { requires: [], requiresAt: { place: spotText(spot), called: called(spot), permissions } };
}

/** What a run may need of the operator on it; to write its policy comes first. */
export function permissionsAt({ kind }: Spot): readonly string[] {
  return toSetPolicy[kind];
}

/** Its allow policy. @throws CloudError, CredentialsError */
export function getPolicyAt({ kind, id }: Spot, cloud: Cloud, project: string): Promise<Policy> {
  switch (kind) {
    case 'project':
      return cloud.projects.getPolicy(id);
    case 'account':
      return cloud.accounts.getPolicy(id, projectOfAccount(id, project));
    case 'organization':
      return cloud.organizations.getPolicy(id);
    case 'bucket':
      return cloud.buckets.getPolicy(id);
    case 'run-service':
      return cloud.run.getPolicy(project, ...runServiceOf(id));
  }
}

/** Writes it, unless it was written since it was read. @throws CloudError, CredentialsError */
export function setPolicyAt(
  { kind, id }: Spot,
  cloud: Cloud,
  project: string,
  policy: Policy,
): Promise<Policy> {
  switch (kind) {
    case 'project':
      return cloud.projects.setPolicy(id, policy);
    case 'account':
      return cloud.accounts.setPolicy(id, projectOfAccount(id, project), policy);
    case 'organization':
      return cloud.organizations.setPolicy(id, policy);
    case 'bucket':
      return cloud.buckets.setPolicy(id, policy);
    case 'run-service':
      return cloud.run.setPolicy(project, ...runServiceOf(id), policy);
  }
}

/**
 * Which of the permissions whoever calls holds there. What an organisation grants reaches its projects, so that is asked of
 * the project, where no right above it is needed.
 */
export function testAt(
  { kind, id }: Spot,
  cloud: Cloud,
  project: string,
  permissions: readonly string[],
): Promise<Set<string>> {
  switch (kind) {
    case 'project':
    case 'organization':
      return cloud.projects.test(project, permissions);
    case 'account':
      return cloud.accounts.test(id, projectOfAccount(id, project), permissions);
    case 'bucket':
      return cloud.buckets.test(id, permissions);
    case 'run-service':
      return cloud.run.test(project, ...runServiceOf(id), permissions);
  }
}

/** Which of the permissions the operator holds on exactly that; what an organisation grants is asked of itself. */
export function testItself(
  spot: Spot,
  cloud: Cloud,
  project: string,
  permissions: readonly string[],
): Promise<Set<string>> {
  if (spot.kind === 'organization') return cloud.organizations.test(spot.id, permissions);
  return testAt(spot, cloud, project, permissions);
}

/** An account of another project is found through its own address; `-` stands for whatever project that is (IAM API v1). */
function projectOfAccount(email: string, project: string): string {
  const host = /@(.+)\.iam\.gserviceaccount\.com$/u.exec(email)?.[1];
  const [domain, id] = project.split(':');
  const own = id === undefined ? project : `${id}.${domain ?? ''}`;
  return host === undefined || host === own ? project : '-';
}

function runServiceOf(id: string): [region: string, name: string] {
  const [region = '', name = ''] = id.split('/');
  return [region, name];
}
