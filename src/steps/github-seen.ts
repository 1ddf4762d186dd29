import type { Policy } from '../google/policy.ts';
import type { PoolProvider } from '../google/pool-providers.ts';
import type { Pool } from '../google/pools.ts';
import type { Journal } from '../wizard/journal.ts';
import { ProblemError } from '../wizard/problem.ts';
import { deviations, type Deviation } from './github-provider.ts';

export interface WantedGithub {
  project: string;
  email: string;
  repository: string;
  pool: string;
  provider: string;
  source: string;
  turnedOn: readonly string[];
}

export interface SeenGithub {
  unseen: boolean;
  /** The project's number, which names of principals hold. */
  number: string;
  pool: Pool | undefined;
  provider: PoolProvider | undefined;
  policy: Policy;
  /** In what the provider differs; of somebody else's only that which no sign-in hangs on. */
  deviations: readonly Deviation[];
  isOurs: boolean;
}

/** Lets its holder act as an account by a token of another provider; granted on that account alone (IAM docs). */
export const workloadUser = 'roles/iam.workloadIdentityUser';

/** The pool's full name, with the project's number. */
export function fullPool({ pool }: Pick<WantedGithub, 'pool'>, number: string): string {
  return `projects/${number}/locations/global/workloadIdentityPools/${pool}`;
}

export function fullProvider(wanted: Pick<WantedGithub, 'pool' | 'provider'>, number: string): string {
  return `${fullPool(wanted, number)}/providers/${wanted.provider}`;
}

/** All workflows of the repository, as a policy names them (IAM docs, principal identifiers). */
export function workflowsOf(wanted: WantedGithub, number: string): string {
  return `principalSet://iam.googleapis.com/${fullPool(wanted, number)}/attribute.repository/${wanted.repository}`;
}

/** Whether a run of ours made it, or was about to. */
export function madeByUs(journal: Journal, what: 'pool' | 'provider', id: string): boolean {
  const all = [...journal.made, ...(journal.intent('key')?.making ?? [])];
  return all.some((each) => each.what === what && each.name.endsWith(`/${id}`));
}

/**
 * Refuses what somebody else has made otherwise, or deleted: that is not ours to change.
 * @throws ProblemError naming another ID
 */
export function refuseForeign(
  wanted: WantedGithub,
  { pool, provider }: Pick<SeenGithub, 'pool' | 'provider'>,
  ours: Record<'pool' | 'provider', boolean>,
): void {
  if (pool?.disabled && !ours.pool) {
    const enable = `gcloud iam workload-identity-pools update ${wanted.pool} --location=global --project=${wanted.project} --no-disabled`;
    throw new ProblemError({
      mover: 'person',
      what: `the workload identity pool ${wanted.pool} is disabled: nobody gets in through it`,
      why: 'it is not ours to enable: somebody may have had a reason',
      next: `take another one, --pool=${another(wanted.pool)}, or have it enabled: ${enable}`,
      exit: 'blocked',
    });
  }
  if (pool?.deleted && !ours.pool)
    throw taken(`somebody has deleted the workload identity pool ${wanted.pool}`, '--pool', wanted.pool);
  if (provider === undefined || ours.provider) return;
  const name = `the provider ${wanted.provider} in ${wanted.pool}`;
  if (provider.deleted) throw taken(`somebody has deleted ${name}`, '--provider', wanted.provider);
  const [first] = deviations(provider, wanted.repository).filter(({ needed }) => needed);
  if (first === undefined) return;
  const differs = `${name} is somebody else's and lets no workflow in: ${first.what} is ${first.from}`;
  throw taken(differs, '--provider', wanted.provider);
}

/** An ID that is like this one, and as long as one may be. */
const another = (id: string): string => `${id.slice(0, 30)}-2`;

function taken(what: string, flag: string, id: string): ProblemError {
  return new ProblemError({
    mover: 'person',
    what,
    why: 'it is not ours to change, and its ID stays taken for 30 days after a deletion',
    next: `take another one: ${flag}=${another(id)}`,
    exit: 'blocked',
  });
}
