import { createPublicKey } from 'node:crypto';
import { UNSEEN_ACCOUNT } from './billing/accounts.ts';
import { pinMember } from './members.ts';
import { digits } from './random.ts';
import type { PolicyEntry, ProjectEntry, RoleEntry } from './world-schema.ts';
import { addDefaultAccount } from './service-usage/default-account.ts';
import { addBucket } from './storage/buckets.ts';
import type { Policy, Project, World } from './world.ts';

/** Adds a project of a world file and what is in it, but for what governs it. */
export function addProject(world: World, entry: ProjectEntry): void {
  const { id, number, parent, labels, state, created } = entry;
  const project: Project = {
    kind: 'project',
    id,
    number,
    displayName: entry.name ?? id,
    parent,
    labels,
    billingAccount: entry.billing === true ? UNSEEN_ACCOUNT : entry.billing || undefined,
    state,
    createTime: created,
  };
  world.projects.set(id, project);
  world.projectIds.set(number, id);
  world.services.load(id, new Set(entry.services));
  addRoles(world, `projects/${id}`, entry.roles);
  for (const account of entry.serviceAccounts) addAccount(world, id, account);
  for (const pool of entry.workloadIdentityPools) addPool(world, number, pool);
  addDefaultAccount(world, project, entry.services);
  for (const bucket of entry.buckets) addBucket(world, { ...bucket, projectId: id, created: created * 1000 });
  for (const service of entry.runServices) addRunService(world, entry, service);
}

/** Adds the custom roles of a project or organisation. */
export function addRoles(world: World, parent: string, roles: readonly RoleEntry[]): void {
  for (const { id, deleted, ...role } of roles) {
    const name = `${parent}/roles/${id}`;
    world.roles.load(name, { ...role, name, stamp: world.stamp(), deletedAt: deleted });
  }
}

function addAccount(world: World, projectId: string, entry: ProjectEntry['serviceAccounts'][number]): void {
  const { id, displayName, description, disabled, deleted, created } = entry;
  const email = `${id}@${projectId}.iam.gserviceaccount.com`;
  const uniqueId = entry.uniqueId ?? world.newUniqueId();
  world.accounts.load(uniqueId, {
    uniqueId,
    email,
    projectId,
    displayName,
    description,
    disabled,
    createTime: created,
    deletedAt: deleted,
  });
  world.accountIds.set(email, [...(world.accountIds.get(email) ?? []), uniqueId]);
  if (entry.lastAuthenticated !== undefined) world.signIns.set(uniqueId, entry.lastAuthenticated);
  for (const key of entry.keys) {
    const name = `${uniqueId}/${key.id}`;
    if (key.lastAuthenticated !== undefined) world.signIns.set(name, key.lastAuthenticated);
    world.keys.load(name, {
      id: key.id,
      account: uniqueId,
      type: 'USER_MANAGED',
      origin: key.origin ?? 'USER_PROVIDED',
      algorithm: 'KEY_ALG_RSA_2048',
      publicKey: createPublicKey(key.publicKey).export({ type: 'spki', format: 'pem' }).toString(),
      certificate: '',
      disabled: key.disabled,
      validAfter: key.created ?? created,
      validBefore: key.expires ?? Date.parse('9999-12-31T23:59:59Z'),
    });
  }
  if (entry.policy)
    world.policies.load(`projects/${projectId}/serviceAccounts/${uniqueId}`, policyOf(world, entry.policy));
}

function addRunService(
  world: World,
  project: ProjectEntry,
  entry: ProjectEntry['runServices'][number],
): void {
  const { id, location, image, labels } = entry;
  const name = `projects/${project.id}/locations/${location}/services/${id}`;
  const serviceAccount = entry.serviceAccount ?? `${project.number}-compute@developer.gserviceaccount.com`;
  world.runServices.load(name, {
    name,
    fields: { labels, ingress: 'INGRESS_TRAFFIC_ALL', launchStage: 'GA' },
    template: {
      containers: [{ image }],
      timeout: '300s',
      maxInstanceRequestConcurrency: 80,
      serviceAccount,
    },
    uid: `00000000-0000-4000-8000-${digits(12, world.seed, name)}`,
    generation: 1,
    observed: 1,
    creator: world.operator,
    lastModifier: world.operator,
    created: entry.created * 1000,
    stamp: entry.created * 1000,
  });
}

function addPool(
  world: World,
  projectNumber: string,
  entry: ProjectEntry['workloadIdentityPools'][number],
): void {
  const { id, providers, deleted, ...pool } = entry;
  const name = `projects/${projectNumber}/locations/global/workloadIdentityPools/${id}`;
  world.pools.load(name, { ...pool, name, deletedAt: deleted });
  for (const {
    id: providerId,
    deleted: gone,
    issuerUri,
    allowedAudiences,
    jwksJson,
    ...provider
  } of providers)
    world.poolProviders.load(`${name}/providers/${providerId}`, {
      ...provider,
      name: `${name}/providers/${providerId}`,
      oidc: { issuerUri, allowedAudiences, jwksJson },
      deletedAt: gone,
    });
}

/** A policy of a world file, its members pinned to the accounts that are there by now. */
export function policyOf(world: World, entry: PolicyEntry): Policy {
  const bindings = entry.bindings.map((binding) => ({
    ...binding,
    members: binding.members.map((member) => pinMember(world, member)),
  }));
  return { bindings, auditConfigs: entry.auditConfigs, stamp: world.stamp() };
}
