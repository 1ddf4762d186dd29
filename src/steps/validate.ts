import type { Change, Step } from '../wizard/step.ts';
import { cannotSignIn, failsWithout } from './breaks.ts';
import { setTheClock } from './clock-words.ts';
import { cloudProblem, isNotKnownYet } from './cloud-problem.ts';
import type { Goal, Tools } from './goal.ts';
import { causeFacts, checkOf, isInVain, remedyOf, withCauses } from './validate-causes.ts';
import { seeProof, wantedProof, type SeenProof, type WantedProof } from './validate-seen.ts';

/** Signs in as the account with the key from its file, and asks Google for every permission. */
export const validateStep: Step<WantedProof, SeenProof, Tools, Goal> = {
  id: 'validate',
  title: 'Validate',
  why: 'Signs in as the account, and asks Google permission by permission. It changes nothing.',
  undo: 'nothing to take back: it only asks',
  needs: ['grant', 'key'],
  // Google: a new key takes a minute or more, a policy change typically 2 minutes, at times 7 or more.
  settling: { agree: 3, usuallyMs: 120_000, patienceMs: 600_000 },

  want: wantedProof,
  look: seeProof,

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
    if (seen.kind !== 'tested') return causeFacts(seen);
    const granted = `: ${countGranted(seen)} of ${seen.tested.length} permissions granted`;
    return [
      {
        tone: 'note',
        text: `signed in as ${email}${seen.through}${seen.tested.length === 0 ? '' : granted}`,
      },
      ...causeFacts(seen),
    ];
  },

  checks: (_wanted, seen) =>
    seen.kind === 'tested' ? seen.tested.map(({ name }) => checkOf(name, seen.granted.has(name), seen)) : [],

  explain: withCauses,
  inVain: isInVain,

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
    const [cause, ...others] = seen?.causes ?? [];
    const told = cause && {
      why: [cause, ...others].map(({ what }) => what).join('; '),
      next: remedyOf(cause),
    };
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
        ...told,
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
      ...told,
    };
  },
};

function countGranted({ tested, granted }: Extract<SeenProof, { kind: 'tested' }>): number {
  return tested.filter(({ name }) => granted.has(name)).length;
}
