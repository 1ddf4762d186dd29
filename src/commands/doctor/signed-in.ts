import { problemOf } from '../problem-of.ts';
import { cloudOf, findMine, identify, type Here, type WhoFlags } from '../whoami/identity.ts';
import { lifetime } from '../whoami/lifetime.ts';
import type { Check, Checks } from './check.ts';

/** Whose credentials are used, and whether Google takes them. */
export async function signedIn(flags: WhoFlags, here: Here): Promise<Checks[]> {
  return [{ title: 'Credentials', checks: await checks(flags, here) }];
}

async function checks(flags: WhoFlags, here: Here): Promise<Check[]> {
  try {
    const found = await findMine(flags, here);
    const { principal, kind, from, through, quotaProject, expires } = await identify(
      found,
      cloudOf(found.credentials, here),
      here,
    );
    return [
      { name: 'account', text: principal },
      { name: 'kind', text: kind },
      { name: 'from', text: from },
      ...(through.length > 0 ? [{ name: 'acts by', text: through.join(' → ') }] : []),
      { name: 'token', text: expires === undefined ? 'good now' : lifetime(expires) },
      ...(quotaProject === undefined ? [] : [{ name: 'quota', text: `charged to ${quotaProject}` }]),
    ];
  } catch (error) {
    const problem = problemOf(error, here.signal);
    if (problem.exit === 'bug' || problem.exit === 'interrupted') throw error;
    const { what, why, next } = problem;
    return [{ name: 'account', text: why === undefined ? what : `${what}: ${why}`, remedy: next }];
  }
}
