import { isCloudError } from '../google/errors.ts';
import { AlreadyThereError } from '../wizard/attempt.ts';
import { ProblemError, type Problem } from '../wizard/problem.ts';
import type { Change, Made, Step } from '../wizard/step.ts';
import { againIfUnavailable, wasOvertaken } from './again.ts';
import { cloudProblem, isNotKnownYet } from './cloud-problem.ts';
import type { Goal, Tools } from './goal.ts';
import { deadChanges, deadFacts, withoutMember } from './grant-dead.ts';
import { changeFor, factsOf } from './grant-told.ts';
import { isOwn, nothing, placeWords, seeGrants, spotOf, wantedGrants } from './grant-seen.ts';
import type { SeenGrants, WantedGrants } from './grant-wanted.ts';
import { hasGrant, withGrant } from './policy-grant.ts';
import { wellFormed } from './grant-lines.ts';
import { getPolicyAt, setPolicyAt, spotText } from './spot.ts';

type GrantStep = Step<WantedGrants, SeenGrants, Tools, Goal>;

/**
 * Grants all that is wanted on one resource, in one write of its allow policy, and touches nothing else in it.
 * @param on as the profile names it
 */
export function grantStepOn(on: string): GrantStep {
  const place = wellFormed(on);
  const words = {
    project: ['Grant', 'of the project'],
    account: ['Grant on account', isOwn({ place }) ? 'of the account itself' : 'of an account'],
    organization: ['Grant above', 'of the organisation'],
    bucket: ['Grant on bucket', 'of a bucket'],
    'run-service': ['Grant on service', 'of a Cloud Run service'],
  } as const;
  const [title, whose] = words[place.kind];

  return {
    id: grantId(on),
    title,
    why:
      on === 'project'
        ? 'One line in the allow policy of the project: this account has this role. Every other line stays as it is.'
        : `One line in the allow policy ${whose}, and no further. Every other line stays as it is.`,
    undo: 'the line can be removed; the account then may do nothing here',
    needs: ['role', 'account'],
    settling: { agree: 3, usuallyMs: 10_000, patienceMs: 300_000 },

    want: (goal) => wantedGrants(goal, on),
    async look(tools, wanted, journal) {
      try {
        return await seeGrants(tools, wanted, journal);
      } catch (error) {
        if (!isCloudError(error, 'denied') || tools.grantedAt === undefined) throw error;
        throw new ProblemError(await hidden(error, wanted, tools), { cause: error });
      }
    },

    compare: (wanted, seen) => [
      ...missing(wanted, seen).map((line): Change => changeFor(line, wanted, seen)),
      ...(missing(wanted, seen).some(({ member }) => member === wanted.member)
        ? deadChanges(seen.dead, wanted, seen)
        : []),
    ],
    facts: (wanted, seen) => (seen.unseen ? [] : [...factsOf(wanted, seen), ...deadFacts(seen.dead, wanted)]),

    // Every write of a policy gives it a new etag, so the one from before ours belongs to a replica that lags.
    stale: ({ policy }, { before }) => policy.etag !== '' && policy.etag === before,

    unseen: (seen) => seen.unseen,
    makes: (wanted, seen) => missing(wanted, seen).map((line) => madeBy(line, wanted, seen)),
    evidence: ({ lines }, { policy }) => ({ ...namedIn(lines), before: '', after: policy.etag }),

    // What is there after that may be the other's; if it is not, the next try is ours anew.
    foreign: wasOvertaken,
    async act({ cloud }, { wanted, seen, journal, signal }) {
      const { project, email, lines } = wanted;
      const { spot } = seen;
      if (spot === undefined) throw new Error(`nothing is known of ${on}`);
      // Whose grant it is can be told later only by the unique ID: another account may take the name.
      const [policy, account] = await Promise.all([
        getPolicyAt(spot, cloud, project),
        cloud.accounts.get(email, project).catch(() => undefined),
      ]);
      signal.throwIfAborted();
      const lacking = lines.filter((line) => !hasGrant(policy, line));
      if (lacking.length === 0) throw new AlreadyThereError(`all of it is granted on ${on} by now`);
      const ours = seen.dead.flatMap(({ role: granted, member: gone, entry }) =>
        entry && lacking.some((line) => line.role === granted) ? [{ granted, gone, entry }] : [],
      );
      const wantedPolicy = ours.reduce(
        (now, { granted, gone }) => withoutMember(now, granted, gone),
        lacking.reduce(withGrant, policy),
      );
      const written = await againIfUnavailable(() => setPolicyAt(spot, cloud, project, wantedPolicy), signal);
      if (ours.length > 0) await journal.forget(ours.map(({ entry }) => entry));
      const uniqueId = account?.uniqueId;
      return {
        ...{ ...namedIn(lines), before: policy.etag, after: written.etag },
        ...(uniqueId !== undefined && { uniqueId }),
      };
    },

    // Right after an account was made, a policy that names it is refused as invalid until every replica knows it.
    passing: (error, acted) =>
      isCloudError(error, 'conflict') ||
      (isCloudError(error, 'invalid') && (acted.has('account') || acted.has('role'))) ||
      isNotKnownYet(error, acted),
    waiting: () => ({ waitingFor: 'every replica to know the grant' }),
    problem(error, wanted) {
      const { project } = wanted;
      const policy = on === 'project' ? project : placeWords(wanted);
      if (error === undefined)
        return {
          mover: 'cloud',
          what: `the grant was written, but the policy of ${policy} still shows without it`,
          next: 'wait a few minutes, then run this again',
          exit: 'cloud',
        };
      return failed(error, wanted);
    },
  };
}

function failed(error: unknown, wanted: WantedGrants): Problem {
  const { project, place } = wanted;
  const policy = place.kind === 'project' ? project : placeWords(wanted);
  const problem = cloudProblem(error, { project, doing: `read or change the allow policy of ${policy}` });
  const allowing = rolesToGrant[place.kind];
  if (!isCloudError(error, 'denied') || allowing === undefined) return problem;
  return { ...problem, next: `ask whoever administers it for ${allowing} there, or to make the grant` };
}

/** A policy that the operator may not even read: what is wanted in it is known all the same. */
async function hidden(error: unknown, wanted: WantedGrants, tools: Tools): Promise<Problem> {
  const spot = await spotOf(wanted.place, tools, wanted);
  const blind = { unseen: false, spot, policy: nothing, dead: [], now: tools.cloud.serverTime() };
  return { ...failed(error, wanted), stops: wanted.lines.map((line) => changeFor(line, wanted, blind)) };
}

/** Google's own roles that let their holder change such a policy (IAM docs, predefined roles). */
const rolesToGrant: Partial<Record<string, string>> = {
  account: 'roles/iam.serviceAccountAdmin',
  organization: 'roles/resourcemanager.organizationAdmin',
  bucket: 'roles/storage.admin',
  'run-service': 'roles/run.admin',
};

/** The step's ID: "grant" for the project, "grant-bucket-acme-reports" and the like for others. */
export function grantId(on: string): string {
  return on === 'project' ? 'grant' : `grant-${on.replaceAll('/', '-')}`;
}

/** On the project, which is where most is granted. */
export const grantStep = grantStepOn('project');

function missing({ lines }: WantedGrants, { policy }: SeenGrants) {
  return lines.filter((line) => !hasGrant(policy, line));
}

function madeBy(
  { role, member, condition }: WantedGrants['lines'][number],
  { project, place }: WantedGrants,
  { spot }: SeenGrants,
): Made {
  return {
    what: 'grant',
    did: 'granted',
    name: project,
    evidence: {
      ...{ role, member },
      ...(place.kind !== 'project' && spot && { on: spotText(spot) }),
      ...(condition && {
        ...{ expression: condition.expression, title: condition.title ?? '' },
        ...(condition.description !== undefined && { description: condition.description }),
      }),
    },
  };
}

function namedIn([line]: WantedGrants['lines']): { role: string; member: string } {
  return { role: line?.role ?? '', member: line?.member ?? '' };
}
