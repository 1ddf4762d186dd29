import { UNSEEN_ACCOUNT } from './billing/accounts.ts';
import type { Catalog } from './catalog.ts';
import type { Clock } from './clock.ts';
import { pinRule } from './deny-principals.ts';
import { policyKey } from './org-policy/effective.ts';
import type { LagProfile } from './replicas.ts';
import type { GovernedEntry, WorldFile } from './world-schema.ts';
import { addBoundaries } from './world-build-boundaries.ts';
import { addProject, addRoles, policyOf } from './world-build-project.ts';
import type { DenyPolicy, World } from './world.ts';
import { createWorld } from './world.ts';
import { GITHUB, plainIssuer } from './sts/issuers.ts';

/** Makes a world out of a world file. Everything in it has been known to every replica for ever. */
export function buildWorld(
  file: WorldFile,
  options: { catalog: Catalog; clock: Clock; seed: number; lag: LagProfile },
): World {
  const world = createWorld(options);
  world.operator = file.operator;
  world.project = file.project;
  for (const { email, token, tokenLifetime, refreshToken } of file.users) {
    const tokenExpiresAt = tokenLifetime === undefined ? undefined : world.clock.now() + tokenLifetime * 1000;
    const user = { email, token, tokenExpiresAt, refreshToken };
    world.users.set(email, user);
    world.usersByToken.set(token, user);
  }
  for (const { email, members } of file.groups) world.groups.set(email, members);
  for (const [metric, limit] of Object.entries(file.quotas)) world.quotas.set(metric, limit);
  for (const { id, domain, customerId, created } of file.organizations)
    world.organizations.set(id, { kind: 'organization', id, domain, customerId, createTime: created });
  for (const { id, displayName, parent, created } of file.folders)
    world.folders.set(id, { kind: 'folder', id, displayName, parent, createTime: created });
  for (const account of file.billingAccounts) addBillingAccount(world, account);
  for (const project of file.projects) addProject(world, project);
  for (const issuer of [GITHUB, ...file.oidcIssuers]) world.oidcIssuers.add(plainIssuer(issuer));
  for (const id of file.takenProjectIds) world.takenProjectIds.add(id);
  world.projectQuota = file.projectQuota;
  for (const { services } of [...file.projects, ...(file.generate ? [file.generate] : [])])
    for (const service of services)
      if (!world.serviceTitles.has(service)) world.serviceTitles.set(service, service);
  addGenerated(world, file);
  // Policies last: their members are pinned to accounts, which must be there.
  for (const entry of file.organizations) {
    govern(world, `organizations/${entry.id}`, entry);
    addRoles(world, `organizations/${entry.id}`, entry.roles);
  }
  for (const entry of file.folders) govern(world, `folders/${entry.id}`, entry);
  for (const entry of file.projects) govern(world, `projects/${entry.id}`, entry, true);
  addBoundaries(world, file);
  for (const { id, policy } of file.billingAccounts)
    if (policy) world.policies.load(`billingAccounts/${id}`, policyOf(world, policy));
  return world;
}

function addBillingAccount(world: World, entry: WorldFile['billingAccounts'][number]): void {
  const { id, displayName, open, currencyCode, organization, mostProjects } = entry;
  world.billingAccounts.set(id, { id, displayName, open, currencyCode, organization, mostProjects });
}

/** Sets what stands at a level; a project always has a policy that was written, when it was made. */
function govern(world: World, name: string, entry: GovernedEntry, always = false): void {
  if (entry.policy || always)
    world.policies.load(name, policyOf(world, entry.policy ?? { bindings: [], auditConfigs: [] }));
  for (const { constraint: said, enforced } of entry.orgPolicies) {
    const constraint = said.replace(/^constraints\//, '');
    const stamp = world.stamp();
    const spec = { rules: [{ enforce: enforced }], reset: false, stamp };
    world.orgPolicies.load(policyKey(name, constraint), { constraint, spec, stamp });
  }
  addDenyPolicies(world, name, entry);
}

/** Loads the deny policies of a level: `denyRules` are a policy of that name. */
function addDenyPolicies(world: World, name: string, { denyRules, denyPolicies }: GovernedEntry): void {
  const loose = denyRules.length ? [{ id: 'deny-rules', displayName: undefined, rules: denyRules }] : [];
  const policies = [...loose, ...denyPolicies].map(({ id, displayName, rules }): DenyPolicy => {
    const stamp = world.stamp();
    const pinned = rules.map((rule) => pinRule(world, rule));
    return { id, uid: world.newUid(), displayName, annotations: {}, rules: pinned, created: stamp, stamp };
  });
  if (policies.length) world.denyPolicies.load(name, policies);
}

/** The `generate` section: projects alike, which share what can be shared, so that many fit. */
function addGenerated(world: World, { generate }: WorldFile): void {
  if (!generate) return;
  const services: ReadonlySet<string> = new Set(generate.services);
  const policy = policyOf(world, generate.policy ?? { bindings: [], auditConfigs: [] });
  const labels = {};
  const createTime = Date.parse('2024-02-29T09:30:00Z');
  const width = Math.max(4, String(generate.projects).length);
  for (let i = 1; i <= generate.projects; i++) {
    const id = `${generate.prefix}-${String(i).padStart(width, '0')}`;
    const number = String(generate.number + i);
    const project = { kind: 'project', id, number, displayName: id, parent: generate.parent } as const;
    world.projects.set(id, {
      ...project,
      labels,
      billingAccount: UNSEEN_ACCOUNT,
      state: 'ACTIVE',
      createTime,
    });
    world.projectIds.set(number, id);
    world.services.load(id, services);
    world.policies.load(`projects/${id}`, policy);
  }
}
