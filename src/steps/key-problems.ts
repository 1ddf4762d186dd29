import { ProblemError, type Problem } from '../wizard/problem.ts';
import { gitStanding } from '../handoff/git-ignored.ts';

/** User-managed keys that an account may have (IAM docs, quotas). */
export const mostKeys = 10;

/** The place of the key file holds something else. */
export function occupied(file: string, found: string): Problem {
  return {
    mover: 'person',
    what: `${file} is ${found}`,
    why: 'nothing of yours is overwritten',
    next: 'give another place with --key-file',
    exit: 'blocked',
  };
}

/** @throws ProblemError if the file would lie in a git work tree that does not ignore it. */
export async function refuseExposed(file: string): Promise<void> {
  const git = await gitStanding(file);
  if (git.kind !== 'exposed') return;
  throw new ProblemError({
    mover: 'person',
    what: `${file} would be one "git add" away from being published`,
    why: `it lies in the git work tree ${git.workTree}, which does not ignore it`,
    next: `add this line to ${git.workTree}/.gitignore: ${git.line}`,
    exit: 'blocked',
  });
}

/** There is nothing to rotate: the file holds no key that signs in as the account. */
export function notWorking(
  { email, file }: { email: string; file: string },
  why: string | undefined,
): Problem {
  return {
    mover: 'person',
    what: `${file} holds no working key of ${email}`,
    why,
    next: 'make the account ready first: iamready setup',
    exit: 'blocked',
  };
}

/** There is nothing to rotate: programs do without a key. */
export function withoutKey(email: string): Problem {
  return {
    mover: 'person',
    what: `there is no key to replace: you chose that programs act as ${email} without one`,
    next: 'nothing has to be done; to go back to a key: iamready setup --keyless=none',
    exit: 'blocked',
  };
}

/** The account has all the keys that it may have. */
export function noRoom(email: string): Problem {
  return {
    mover: 'person',
    what: `${email} has ten keys, which is all that it may have`,
    next: `delete one that nobody uses: gcloud iam service-accounts keys list --iam-account=${email}`,
    exit: 'blocked',
  };
}

/** The key that is to be deleted is the one that is in use. */
export function inUse(id: string, file: string): Problem {
  return {
    mover: 'person',
    what: `key ${id} is the one in ${file}, so it is not deleted`,
    why: 'whatever signs in with that file would be locked out',
    next: 'name another key, or replace this one: iamready rotate',
    exit: 'blocked',
  };
}

/** Google made no key because of a precondition, such as an organisation policy that forbids keys. */
export function refused(problem: Problem, email: string, violations: readonly { type: string }[]): Problem {
  const forbidden = violations.map(({ type }) => type).join(', ');
  return {
    ...problem,
    mover: 'person',
    what: `no key may be made for ${email}`,
    why: forbidden === '' ? problem.why : `an organisation policy forbids it: ${forbidden}`,
    next: 'do without a key (impersonation, workload identity), or ask an administrator of the organisation for an exception',
    exit: 'blocked',
    ...(forbidden !== '' && { offers: 'keyless' }),
  };
}
