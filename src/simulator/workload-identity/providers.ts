import * as z from 'zod';
import { omitDefaults, readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { view } from '../call.ts';
import { timestamp } from '../clock.ts';
import { failedPrecondition } from '../errors.ts';
import { paginate } from '../paging.ts';
import type { Handler } from '../router.ts';
import type { PoolProvider, Project } from '../world.ts';
import { checkTexts, newId, readMask } from './input.ts';
import { goneAt, isKept } from './life.ts';
import { checkNotMaking, writeLater } from './operations.ts';
import { keptProvider, livePool, permittedProject, seenPool, seenProvider, taken } from './permitted.ts';
import { checkProvider } from './provider-rules.ts';

const KIND = 'workloadIdentityPoolProviders';

const Oidc = z.strictObject({
  issuerUri: z.string().default(''),
  allowedAudiences: z.array(z.string()).default([]),
  jwksJson: z.string().optional(),
});

// AWS, SAML and X.509 providers are not simulated: their fields are unknown here.
const ProviderBody = z.strictObject({
  name: z.string().optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  disabled: z.boolean().optional(),
  state: z.string().optional(),
  expireTime: z.string().optional(),
  attributeMapping: z.record(z.string(), z.string()).default({}),
  attributeCondition: z.string().optional(),
  oidc: Oidc.default({ issuerUri: '', allowedAudiences: [] }),
});

/** A provider as the API shows it. */
export function showProvider({ oidc, deletedAt, ...provider }: PoolProvider): object {
  const gone = goneAt({ deletedAt });
  return omitDefaults({
    ...provider,
    state: gone === undefined ? 'ACTIVE' : 'DELETED',
    oidc: omitDefaults(oidc),
    expireTime: gone === undefined ? undefined : timestamp(gone),
  });
}

const write = (call: Call, provider: PoolProvider) =>
  writeLater(call, 'WorkloadIdentityPoolProvider', call.world.poolProviders, provider, showProvider);

/** POST of a provider into a live pool. */
export const createProvider: Handler = (call) => {
  const { world } = call;
  const project = permittedProject(call, KIND, 'create');
  const pool = livePool(call, project);
  const name = `${pool.name}/providers/${newId(call, 'workloadIdentityPoolProviderId')}`;
  const { displayName, description, disabled = false, ...sent } = readBody(call, ProviderBody);
  checkTexts({ displayName, description });
  const { attributeMapping, attributeCondition, oidc } = sent;
  const provider = { name, displayName, description, disabled, attributeMapping, attributeCondition, oidc };
  checkProvider(provider);
  if (isKept(world, world.poolProviders.get(name))) throw taken();
  checkNotMaking(world, name);
  return write(call, provider);
};

export const getProvider: Handler = (call) =>
  showProvider(seenProvider(call, permittedProject(call, KIND, 'get')));

/** LIST of the providers of a pool; deleted ones only with `showDeleted`. */
export const listProviders: Handler = (call) => {
  const { world, query } = call;
  const start = `${seenPool(call, permittedProject(call, KIND, 'list')).name}/providers/`;
  const all = [...world.poolProviders.entries()]
    .flatMap(([name]) => (name.startsWith(start) ? (view(call, world.poolProviders, name) ?? []) : []))
    .filter((provider) => isKept(world, provider))
    .filter((each) => each.deletedAt === undefined || query.get('showDeleted')?.toLowerCase() === 'true');
  const { items, nextPageToken } = paginate(all, query, start, { usual: 50, largest: 100 });
  return {
    workloadIdentityPoolProviders: items.length ? items.map(showProvider) : undefined,
    nextPageToken,
  };
};

function liveProvider(call: Call, project: Project): PoolProvider {
  livePool(call, project);
  const provider = keptProvider(call, project);
  // [U] the status and text.
  if (provider.deletedAt !== undefined)
    throw failedPrecondition('The workload identity pool provider is deleted.');
  return provider;
}

export const patchProvider: Handler = (call) => {
  const provider = liveProvider(call, permittedProject(call, KIND, 'update'));
  const sent = readBody(call, ProviderBody);
  const masked = readMask(call);
  checkTexts(sent);
  const { issuerUri, allowedAudiences, jwksJson } = sent.oidc;
  const next: PoolProvider = {
    ...provider,
    ...(masked('displayName') && { displayName: sent.displayName }),
    ...(masked('description') && { description: sent.description }),
    ...(masked('disabled') && { disabled: sent.disabled ?? false }),
    ...(masked('attributeMapping') && { attributeMapping: sent.attributeMapping }),
    ...(masked('attributeCondition') && { attributeCondition: sent.attributeCondition }),
    oidc: {
      ...provider.oidc,
      ...(masked('oidc.issuerUri') && { issuerUri }),
      ...(masked('oidc.allowedAudiences') && { allowedAudiences }),
      ...(masked('oidc.jwksJson') && { jwksJson }),
    },
  };
  checkProvider(next);
  return write(call, next);
};

/** DELETE of a provider, softly. Tokens that were issued through it live on (measured in public reports). */
export const deleteProvider: Handler = (call) => {
  const provider = liveProvider(call, permittedProject(call, KIND, 'delete'));
  return write(call, { ...provider, deletedAt: call.world.clock.now() });
};

export const undeleteProvider: Handler = (call) => {
  const project = permittedProject(call, KIND, 'undelete');
  livePool(call, project);
  const provider = keptProvider(call, project);
  readBody(call, z.strictObject({}));
  // [U] the status and text.
  if (provider.deletedAt === undefined)
    throw failedPrecondition('The workload identity pool provider is not deleted.');
  return write(call, { ...provider, deletedAt: undefined });
};
