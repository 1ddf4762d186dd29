/**
 * Prefixes of permissions that are not the first word of their service's name (services of the live predefined roles of
 * September 2026). Deny policies are documented with `cloudresourcemanager.googleapis.com`; the others are by analogy [U].
 */
const SERVICES: Partial<Record<string, string>> = {
  resourcemanager: 'cloudresourcemanager',
  billing: 'cloudbilling',
  cloudsql: 'sqladmin',
  errorreporting: 'clouderrorreporting',
  source: 'sourcerepo',
};

/**
 * The names by which deny policies may call a permission (IAM v2): `run.services.create` is
 * `run.googleapis.com/services.create`. The first is the likeliest.
 */
export function deniableNames(permission: string): string[] {
  // Some permissions are written so already: iam.googleapis.com/workloadIdentityPools.create.
  if (permission.includes('/')) return [permission];
  const [prefix = '', ...rest] = permission.split('.');
  const services = [SERVICES[prefix], prefix].filter((name) => name !== undefined);
  return services.map((service) => `${service}.googleapis.com/${rest.join('.')}`);
}

/**
 * Whether a denied or excepted permission of a rule covers a permission: the very one, or a group of them with `*` for the
 * resource, the verb or both (IAM docs, deny overview, permission groups). A service is never `*`.
 */
export function coversPermission(pattern: string, permission: string): boolean {
  const [service, what] = halves(pattern, '/');
  const [resource, verb] = halves(what, '.');
  return deniableNames(permission).some((name) => {
    const [ofService, action] = halves(name, '/');
    const [ofResource, ofVerb] = halves(action, '.');
    return (
      service === ofService &&
      (resource === '*' || resource === ofResource) &&
      (verb === '*' || verb === ofVerb)
    );
  });
}

/** What stands before and after the last of a sign. */
function halves(text: string, sign: string): [string, string] {
  const at = text.lastIndexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
