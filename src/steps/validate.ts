import { asAccount } from './as-account.ts';
import { isCloudError } from '../google/errors.ts';
import { askedOn } from '../profile/asked-on.ts';
import type { WantedPermission } from '../profile/profile.ts';
import type { Change, Step } from '../wizard/step.ts';
import type { Unsigned, Way } from './acting-as.ts';
import { cannotSignIn, failsWithout } from './breaks.ts';
import { clockWords, setTheClock } from './clock-words.ts';
import { cloudProblem, isNotKnownYet } from './cloud-problem.ts';
import { accountEmail, type Access, type Goal, type Tools } from './goal.ts';
import { here, wellFormed } from './grant-lines.ts';
import { spotOf } from './grant-seen.ts';
import { testAt } from './spot.ts';

interface Wanted {
  project: string;
  email: string;
  file: string;
  access: Access;
  permissions: readonly WantedPermission[];
  /** The same, by what each is asked for on. */
  asked: ReadonlyMap<string, readonly WantedPermission[]>;
  /** The account is to have a role of its own. */
  hasRole: boolean;
}

type Seen =
  | Unsigned
  | { kind: 'refused'; said: string; clock: string | undefined }
  | { kind: 'not-yet'; said: string }
  | { kind: 'tested'; tested: readonly WantedPermission[]; granted: ReadonlySet<string>; through: string };

/** What is asked where a profile names no permission: an answer proves the sign-in, whatever it is. */
const anyPermission = 'resourcemanager.projects.get';

/** Signs in as the account with the key from its file, and asks Google for every permission. */
export const validateStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'validate',
  title: 'Validate',
  why: 'Signs in as the account, and asks Google permission by permission. It changes nothing.',
  undo: 'nothing to take back: it only asks',
  needs: ['grant', 'key'],
  // Google: a new key takes a minute or more, a policy change typically 2 minutes, at times 7 or more.
  settling: { agree: 3, usuallyMs: 120_000, patienceMs: 600_000 },

  want: (goal) => ({
    project: goal.answers.project,
    email: accountEmail(goal),
    file: goal.answers.keyFile.value,
    access: goal.answers.access,
    permissions: goal.profile.permissions,
    asked: askedPlaces(goal),
    hasRole: goal.profile.role !== undefined,
  }),

  async look(tools, wanted) {
    const { project, permissions, asked } = wanted;
    let way: Way;
    const test = async (tested: readonly WantedPermission[]): Promise<Seen> => {
      if (!('cloud' in way)) return way;
      const { cloud, through } = way;
      const answers = [...asked].map(async ([on, all]) => {
        const names = all.filter((each) => tested.includes(each)).map(({ name }) => name);
        const spot = await spotOf(wellFormed(on), tools, wanted);
        return testAt(spot, cloud, project, asked.size === 1 && names.length === 0 ? [anyPermission] : names);
      });
      const granted = new Set((await Promise.all(answers)).flatMap((each) => [...each]));
      return { kind: 'tested', tested, granted, through };
    };
    try {
      way = await asAccount(tools, wanted);
      return await test(permissions).catch(async (error: unknown) => {
        // One permission that is not valid any more spoils the whole question: ask without those.
        if (!isCloudError(error, 'invalid') || error.api === 'sts') throw error;
        const testable = await tools.testable();
        return test(permissions.filter(({ name }) => testable.has(name)));
      });
    } catch (error) {
      // A pool, provider or condition that is not known everywhere yet is refused in several terms.
      if (isCloudError(error, 'invalid', 'unauthenticated', 'invalid-grant') && error.api === 'sts')
        return { kind: 'not-yet', said: error.message };
      if (isCloudError(error, 'invalid-grant', 'unauthenticated'))
        return { kind: 'refused', said: error.message, clock: clockWords(error) };
      if (isCloudError(error, 'denied', 'service-disabled', 'not-found'))
        return { kind: 'not-yet', said: error.message };
      throw error;
    }
  },

  compare({ email, access, permissions }, seen) {
    const all = permissions.length;
    const differing = (from: string, why: string): Change[] => [
      { sign: '~', what: 'validate', name: email, from, why, source: 'asked by the profile', requires: [] },
    ];
    switch (seen.kind) {
      case 'unproven':
        return [];
      case 'no-key':
      case 'no-file':
        return differing(
          seen.kind === 'no-key'
            ? 'not signed in yet: no key'
            : 'not signed in yet: no credentials file that works',
          all === 0
            ? 'the account itself shows that it can sign in'
            : `the account itself shows that it has all ${all} permissions`,
        );
      case 'refused':
        return differing(
          `cannot sign in with its key: ${[seen.said, seen.clock].filter(Boolean).join('; ')}`,
          cannotSignIn,
        );
      case 'not-yet':
        return differing(
          access.kind === 'key'
            ? `signs in, but may not ask yet: ${seen.said}`
            : `cannot be acted as yet: ${seen.said}`,
          'its permissions cannot be seen',
        );
      case 'tested': {
        const missing = seen.tested.filter(({ name }) => !seen.granted.has(name));
        const [first] = missing;
        if (first === undefined) return [];
        const names = missing.map(({ name }) => name).join(', ');
        return missing.length === 1
          ? differing(`lacks ${names}`, failsWithout(first.why))
          : differing(
              `lacks ${missing.length} of ${all} permissions: ${names}`,
              'your program fails where it needs them',
            );
      }
    }
  },

  facts({ email }, seen) {
    if (seen.kind === 'unproven')
      return [{ tone: 'attention', text: `not tried: you may not act as ${email}. ${seen.by}` }];
    if (seen.kind !== 'tested') return [];
    const granted = `: ${countGranted(seen)} of ${seen.tested.length} permissions granted`;
    return [
      {
        tone: 'note',
        text: `signed in as ${email}${seen.through}${seen.tested.length === 0 ? '' : granted}`,
      },
    ];
  },

  checks: (_wanted, seen) =>
    seen.kind === 'tested' ? seen.tested.map(({ name }) => ({ name, ok: seen.granted.has(name) })) : [],

  // Nothing to write: what is approved is the sign-in itself, and waiting for Google to agree.
  act: (_tools, { wanted }) => Promise.resolve({ email: wanted.email }),

  passing: (error, acted) => isNotKnownYet(error, acted),

  waiting({ access }, seen) {
    if (seen?.kind !== 'tested')
      return {
        waitingFor:
          access.kind === 'key'
            ? 'Google to accept the key everywhere'
            : 'Google to let the account be acted as',
      };
    return {
      waitingFor: 'the grant to take effect everywhere',
      done: countGranted(seen),
      total: seen.tested.length,
    };
  },

  problem(error, { project, email, access, hasRole }, seen) {
    if (error !== undefined) return cloudProblem(error, { project, doing: `test what ${email} may do` });
    if (seen?.kind !== 'tested') {
      const clock = seen?.kind === 'refused' ? seen.clock : undefined;
      return {
        mover: 'person',
        what: `${access.kind === 'key' ? `${email} cannot sign in with its key` : `${email} cannot be acted as`}${clock ? `, and ${clock}` : ''}`,
        why: seen !== undefined && 'said' in seen ? seen.said : undefined,
        next: clock
          ? setTheClock
          : access.kind === 'key'
            ? 'run this again in a few minutes; if it stays, the key was deleted or the account disabled'
            : 'run this again in a few minutes; if it stays, the account is disabled or a deny policy forbids to act as it',
        exit: 'invalid',
      };
    }
    const missing = seen.tested.filter(({ name }) => !seen.granted.has(name)).map(({ name }) => name);
    return {
      mover: 'person',
      what: `${email} still lacks ${missing.length} of ${seen.tested.length} permissions: ${missing.join(', ')}`,
      why: hasRole
        ? 'the role and the grant are in place, so a deny policy or an access boundary above the project takes them away, or Google takes unusually long'
        : 'what was asked for is granted, so that role does not hold them any more, or a deny policy or an access boundary above the project takes them away, or Google takes unusually long',
      next: `run this again in ten minutes; if it stays, ask who keeps the deny policies above ${project}`,
      exit: 'invalid',
      missing,
    };
  },
};

/** The permissions by what they are asked for on. What an organisation grants is held on the project as well. */
function askedPlaces(goal: Goal): Map<string, WantedPermission[]> {
  const { permissions } = goal.profile;
  if (permissions.length === 0) return new Map([['project', []]]);
  return Map.groupBy(permissions, (permission) => {
    const on = here(askedOn(permission, goal.profile), goal);
    return on === 'organization' ? 'project' : on;
  });
}

function countGranted({ tested, granted }: Extract<Seen, { kind: 'tested' }>): number {
  return tested.filter(({ name }) => granted.has(name)).length;
}
