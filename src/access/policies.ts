import type { Cloud } from '../google/cloud.ts';
import type { Policy } from '../google/policy.ts';
import { getPolicyAt, spotFrom, type Spot } from '../steps/spot.ts';
import { wantedPlaces } from '../steps/grant-lines.ts';
import { spotOf } from '../steps/grant-seen.ts';
import { accountEmail, type Goal, type Tools } from '../steps/goal.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { MadeEntry } from '../wizard/journal.ts';
import type { Place, Unread } from './graph.ts';
import { readOr } from './unread.ts';
import { placeName } from './words.ts';

/** An allow policy, and what it is of. */
export interface PlacedPolicy {
  readonly place: Place;
  readonly policy: Policy;
}

/** Smallest of Google's roles that lets its holder read such a policy (IAM docs, predefined roles). */
const readers: Readonly<Record<Place['kind'], string>> = {
  project: 'roles/iam.securityReviewer on the project',
  folder: 'roles/iam.securityReviewer on the folder',
  organization: 'roles/iam.securityReviewer on the organisation',
  account: 'roles/iam.securityReviewer on the project',
  bucket: 'roles/iam.securityReviewer on the project',
  'run-service': 'roles/iam.securityReviewer on the project',
};

/** One that is read often is enough: what lies beyond is told. */
const mostBuckets = 100;

export interface PolicyReading {
  readonly tools: Pick<Tools, 'cloud' | 'project'>;
  readonly goal: Goal;
  readonly made: readonly MadeEntry[];
  readonly unread: Unread[];
}

/**
 * The allow policies in which the account may stand: its own, its project's and those above it, those that the profile or an
 * earlier run named, and those of the project's buckets. What may not be read goes on the list.
 */
export async function readPolicies(reading: PolicyReading): Promise<PlacedPolicy[]> {
  const { project } = reading.goal.answers;
  const [named, above, buckets] = await Promise.all([
    namedPlaces(reading),
    placesAbove(reading),
    bucketsOf(reading),
  ]);
  const own: Place[] = [
    { kind: 'project', id: project },
    { kind: 'account', id: accountEmail(reading.goal) },
  ];
  const all = new Map(
    [...own, ...above, ...named, ...buckets].map((place) => [`${place.kind}/${place.id}`, place]),
  );
  const read = await Promise.all([...all.values()].map((place) => policyOf(place, reading)));
  return read.flatMap((each) => (each === undefined ? [] : [each]));
}

async function policyOf(
  place: Place,
  { tools, goal, unread }: PolicyReading,
): Promise<PlacedPolicy | undefined> {
  const { cloud } = tools;
  const { project } = goal.answers;
  const isOwn = place.kind === 'account' && place.id === accountEmail(goal);
  // An account that is not there has no policy: that it is not there is told elsewhere.
  const list = isOwn ? [] : unread;
  const about = { what: `who has what on ${placeName(place)}`, next: `ask for ${readers[place.kind]}` };
  const before = list.length;
  const policy = await readOr(read(place, cloud, project), about, list);
  if (isOwn) unread.push(...list.slice(before).filter(({ why }) => !why.startsWith('Google finds')));
  return policy && { place, policy };
}

function read({ kind, id }: Place, cloud: Cloud, project: string): Promise<Policy> {
  return kind === 'folder' ? cloud.folders.getPolicy(id) : getPolicyAt({ kind, id }, cloud, project);
}

/** What the profile grants on, and what an earlier run of ours granted on. */
async function namedPlaces({ tools, goal, made, unread }: PolicyReading): Promise<Spot[]> {
  const about = { project: goal.answers.project, email: accountEmail(goal) };
  const wanted = wantedPlaces(goal).map(async ({ place }) => {
    try {
      return await readOr(
        spotOf(place, tools, about),
        { what: `what the profile grants on (${place.kind})`, next: 'ask for roles/browser on the project' },
        unread,
      );
    } catch (error) {
      // A project that is in no organisation has nothing above it.
      if (error instanceof ProblemError) return undefined;
      throw error;
    }
  });
  const earlier = made.map(({ evidence }) =>
    evidence['on'] === undefined ? undefined : spotFrom(evidence['on']),
  );
  return [...(await Promise.all(wanted)), ...earlier].flatMap((spot) => (spot === undefined ? [] : [spot]));
}

async function placesAbove({ tools, goal, unread }: PolicyReading): Promise<Place[]> {
  const { project } = goal.answers;
  const about = {
    what: `what ${project} lies in, and who has what there`,
    next: 'ask for roles/browser on the project',
  };
  const above = await readOr(tools.cloud.projects.ancestry(project), about, unread);
  return (above ?? []).flatMap((name): Place[] => {
    const [kind, id = ''] = name.split('/');
    if (kind === 'folders') return [{ kind: 'folder', id }];
    return kind === 'organizations' ? [{ kind: 'organization', id }] : [];
  });
}

async function bucketsOf({ tools, goal, unread }: PolicyReading): Promise<Place[]> {
  const { project } = goal.answers;
  const about = {
    what: `the buckets of ${project}`,
    next: 'ask for roles/iam.securityReviewer on the project',
  };
  const names = (await readOr(tools.cloud.buckets.list(project), about, unread)) ?? [];
  if (names.length > mostBuckets)
    unread.push({
      what: `${names.length - mostBuckets} of ${names.length} buckets of ${project}`,
      why: `only the first ${mostBuckets} are read`,
      next: 'look at the others with gcloud storage buckets get-iam-policy',
    });
  return names.slice(0, mostBuckets).map((id) => ({ kind: 'bucket', id }));
}
