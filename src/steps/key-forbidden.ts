import type { Cloud } from '../google/cloud.ts';
import { isCloudError } from '../google/errors.ts';
import { saidBy } from './key-forbidden-where.ts';
import { ProblemError, type Problem } from '../wizard/problem.ts';

/** The constraints that forbid keys: the old one, and the one that Google manages (Organization Policy docs). */
const constraints = ['iam.disableServiceAccountKeyCreation', 'iam.managed.disableServiceAccountKeyCreation'];

/**
 * The constraint that forbids keys in the project, seen before anybody walks into it. Where it may not be read, or the API is
 * off, nothing is claimed: Google then says so when a key is asked for.
 */
export async function constraintOnKeys(cloud: Cloud, project: string): Promise<string | undefined> {
  const enforced = await Promise.all(constraints.map((constraint) => isEnforced(cloud, project, constraint)));
  return constraints.find((_, index) => enforced[index]);
}

async function isEnforced(cloud: Cloud, project: string, constraint: string): Promise<boolean> {
  try {
    return (await cloud.orgPolicies.effectivePolicy(project, constraint)) === true;
  } catch (error) {
    if (isCloudError(error)) return false;
    throw error;
  }
}

/** @throws ProblemError if a constraint forbids the key that would have to be made */
export async function refuseForbidden(
  cloud: Cloud,
  project: string,
  constraint: string | undefined,
): Promise<void> {
  if (constraint === undefined) return;
  throw new ProblemError({ ...(await forbidden(cloud, project, constraint)), offers: 'keyless' });
}

/** A constraint forbids keys: what says so, as far as it may be read, and who can change that. */
export async function forbidden(cloud: Cloud, project: string, constraint: string): Promise<Problem> {
  return {
    mover: 'person',
    what: `keys of service accounts are forbidden here (${constraint})`,
    // That role is granted on organisations only (IAM docs, Organization Policy roles).
    why: `${await saidBy(cloud, project, constraint)}; whoever holds roles/orgpolicy.policyAdmin on the organisation can lift it`,
    next: 'do without a key, which is safer anyway: --keyless=impersonation',
    exit: 'blocked',
  };
}
