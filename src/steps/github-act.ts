import { isCloudError } from '../google/errors.ts';
import { AlreadyThereError } from '../wizard/attempt.ts';
import type { Evidence, Work } from '../wizard/step.ts';
import { againWhere } from './again.ts';
import type { Tools } from './goal.ts';
import { poolContent, providerFor } from './github-provider.ts';
import { workflowsOf, workloadUser, type SeenGithub, type WantedGithub } from './github-seen.ts';
import { hasGrant, withGrant } from './policy-grant.ts';

/** Makes or restores pool and provider, mends what of ours has drifted, and grants. Every write names what it makes. */
export async function makeWayIn(
  { cloud }: Tools,
  { wanted, seen, signal }: Work<WantedGithub, SeenGithub>,
): Promise<Evidence> {
  const { project, email } = wanted;
  const { pool, provider, number } = seen;
  // What was made a moment ago is not known everywhere: to the provider its pool, to the policy its principals.
  const again = (write: () => Promise<unknown>, ...passing: ('not-found' | 'invalid')[]) =>
    againWhere(write, signal, (error) => isCloudError(error, 'unavailable', ...passing)).catch(theirs);
  if (pool === undefined) await again(() => cloud.pools.create(project, wanted.pool, poolContent));
  else if (pool.deleted) await again(() => cloud.pools.undelete(project, wanted.pool));
  if (pool?.disabled)
    await again(() => cloud.pools.patch(project, wanted.pool, { disabled: false }), 'not-found');
  signal.throwIfAborted();
  const { poolProviders } = cloud;
  const ids = [project, wanted.pool, wanted.provider] as const;
  const content = providerFor(wanted.repository);
  if (provider === undefined) await again(() => poolProviders.create(...ids, content), 'not-found');
  else if (provider.deleted) await again(() => poolProviders.undelete(...ids), 'not-found');
  if (provider !== undefined && seen.isOurs && seen.deviations.length > 0) {
    const mended = seen.deviations.reduce((all, each) => ({ ...all, ...each.content }), {});
    await again(() => poolProviders.patch(...ids, mended), 'not-found');
  }
  signal.throwIfAborted();
  const member = workflowsOf(wanted, number);
  const policy = await cloud.accounts.getPolicy(email, project);
  if (hasGrant(policy, { role: workloadUser, member })) return { before: '', after: policy.etag };
  const fresh = pool === undefined ? (['invalid'] as const) : [];
  const grant = () =>
    cloud.accounts.setPolicy(email, project, withGrant(policy, { role: workloadUser, member }));
  let after = '';
  await again(async () => void (after = (await grant()).etag), ...fresh);
  return { before: policy.etag, after };
}

/** Somebody was faster: it is looked at again. */
function theirs(error: unknown): never {
  if (isCloudError(error, 'exists')) throw new AlreadyThereError('it is there by now');
  throw error;
}
