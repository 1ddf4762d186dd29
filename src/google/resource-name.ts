/**
 * Names of resources. Each part is one path segment: a slash in it would address another resource than was meant.
 * Called while a request is formed, where what they throw becomes a CloudError of kind `invalid`.
 */

/** `projects/P`. */
export function projectName(projectId: string): string {
  return `projects/${segment('project ID', projectId)}`;
}

/** `projects/P/serviceAccounts/EMAIL`. */
export function accountName(projectId: string, email: string): string {
  return `${projectName(projectId)}/serviceAccounts/${segment('e-mail address', email)}`;
}

/** `projects/P/serviceAccounts/EMAIL/keys/ID`. */
export function keyName(projectId: string, email: string, id: string): string {
  return `${accountName(projectId, email)}/keys/${segment('key ID', id)}`;
}

/** `projects/P/services/NAME`, of Service Usage. */
export function serviceName(projectId: string, name: string): string {
  return `${projectName(projectId)}/services/${segment('name of an API', name)}`;
}

/**
 * `projects/P/policies/C`, of an organisation policy.
 * @param resource `projects/P`, `folders/N` or `organizations/N`
 * @param constraint with or without `constraints/` before it
 */
export function policyName(resource: string, constraint: string): string {
  return `${resource}/policies/${segment('constraint', constraint.replace(/^constraints\//, ''))}`;
}

/** `projects/P/locations/global`: the one place where workload identity pools are. */
export function poolsParent(projectId: string): string {
  return `${projectName(projectId)}/locations/global`;
}

/** `projects/P/locations/global/workloadIdentityPools/POOL`. */
export function poolName(projectId: string, poolId: string): string {
  return `${poolsParent(projectId)}/workloadIdentityPools/${segment('pool ID', poolId)}`;
}

/** `projects/P/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`. */
export function providerName(projectId: string, poolId: string, providerId: string): string {
  return `${poolName(projectId, poolId)}/providers/${segment('provider ID', providerId)}`;
}

/** `projects/P/locations/REGION/services`, of Cloud Run. */
export function runServicesParent(projectId: string, region: string): string {
  return `${projectName(projectId)}/locations/${segment('region', region)}/services`;
}

/** `projects/P/locations/REGION/services/NAME`, of Cloud Run. */
export function runServiceName(projectId: string, region: string, name: string): string {
  return `${runServicesParent(projectId, region)}/${segment('name of a service', name)}`;
}

/** The ID at the end of a name. */
export function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** A resource's name as it stands in a URL's path: each segment percent-encoded. */
export function encodedPath(name: string): string {
  return name
    .split('/')
    .map((part) => encodeURIComponent(segment('part of a resource name', part)))
    .join('/');
}

// Dots alone would be taken for steps in the path: `projects/..` is another resource than any project.
function segment(what: string, value: string): string {
  if (/^\.{0,2}$/.test(value) || /[/\p{Cc}]/u.test(value))
    throw new Error(`not a ${what}: ${JSON.stringify(value)}`);
  return value;
}
