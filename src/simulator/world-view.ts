import { showBinding, showBoundary } from './access-boundaries/show.ts';
import { showRule } from './deny-principals.ts';
import { etagOf } from './etag.ts';
import { showMember } from './members.ts';
import { showService } from './run/show.ts';
import type { Policy, World } from './world.ts';

const showTime = (milliseconds: number | undefined) =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

function showPolicy(world: World, { bindings, auditConfigs, stamp }: Policy): object {
  return {
    etag: etagOf(stamp),
    bindings: bindings.map((binding) => ({
      ...binding,
      members: binding.members.map((member) => showMember(world, member)),
    })),
    auditConfigs,
  };
}

const mapped = <T>(entries: Iterable<[string, T]>, show: (value: T) => unknown): object =>
  Object.fromEntries(Array.from(entries, ([name, value]) => [name, show(value)]));

/**
 * The whole world at the primary, as JSON: for GET /_/world. Tokens are left out, and private keys, of which only
 * Google-managed ones are kept at all.
 */
export function describeWorld(world: World): object {
  const { organizations, folders, projects, users, groups, policies, orgPolicies, denyPolicies } = world;
  return {
    now: showTime(world.clock.now()),
    operator: world.operator,
    project: world.project,
    organizations: [...organizations.values()],
    folders: [...folders.values()],
    projects: Array.from(projects.values(), (project) => ({
      ...project,
      services: [...(world.services.get(project.id) ?? [])].sort(),
    })),
    users: Array.from(users.values(), ({ email }) => email),
    groups: mapped(groups, (members) => members),
    policies: mapped(policies.entries(), (policy) => showPolicy(world, policy)),
    orgPolicies: mapped(orgPolicies.entries(), ({ spec, dryRunSpec }) => ({ spec, dryRunSpec })),
    denyPolicies: mapped(denyPolicies.entries(), (policies) =>
      policies.map(({ id, displayName, rules }) => ({
        id,
        displayName,
        rules: rules.map((rule) => showRule(world, rule)),
      })),
    ),
    accessBoundaries: Array.from(world.accessBoundaries.values(), showBoundary),
    policyBindings: Array.from(world.policyBindings.values(), showBinding),
    roles: Array.from(world.roles.values(), ({ stamp, deletedAt, ...role }) => ({
      ...role,
      etag: etagOf(stamp),
      deleted: showTime(deletedAt),
    })),
    serviceAccounts: Array.from(world.accounts.values(), ({ createTime, deletedAt, ...account }) => ({
      ...account,
      created: showTime(createTime),
      deleted: showTime(deletedAt),
    })),
    keys: Array.from(world.keys.values(), (key) => ({
      id: key.id,
      account: key.account,
      type: key.type,
      origin: key.origin,
      algorithm: key.algorithm,
      disabled: key.disabled,
      validAfter: showTime(key.validAfter),
      validBefore: showTime(key.validBefore),
      lastAuthenticated: showTime(world.signIns.get(`${key.account}/${key.id}`)),
    })),
    workloadIdentityPools: Array.from(world.pools.values(), ({ deletedAt, ...pool }) => ({
      ...pool,
      deleted: showTime(deletedAt),
      providers: [...world.poolProviders.values()]
        .filter(({ name }) => name.startsWith(`${pool.name}/providers/`))
        .map(({ deletedAt: gone, ...provider }) => ({ ...provider, deleted: showTime(gone) })),
    })),
    buckets: [...world.buckets.values()],
    runServices: Array.from(world.runServices.values(), showService),
    oidcIssuers: [...world.oidcIssuers],
    operations: Array.from(world.operations.values(), ({ name, metadata, outcome }) => ({
      name,
      metadata,
      done: outcome !== undefined,
    })),
    billingAccounts: [...world.billingAccounts.values()],
  };
}
