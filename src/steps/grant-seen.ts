import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import type { Place } from '../profile/place.ts';
import type { Journal } from '../wizard/journal.ts';
import { ProblemError } from '../wizard/problem.ts';
import { seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, servicesOf, type Goal, type Tools } from './goal.ts';
import { deadGrants } from './grant-dead.ts';
import { wantedPlaces, wellFormed } from './grant-lines.ts';
import type { SeenGrants, WantedGrants } from './grant-wanted.ts';
import { commandLine } from './shell.ts';
import { called, getPolicyAt, type Spot } from './spot.ts';

/** Stands for a policy that cannot be seen; it is never written. */
export const nothing: Policy = { version: 3, etag: '', bindings: [] };

/** What the goal asks for on this, as the profile names it. */
export function wantedGrants(goal: Goal, on: string): WantedGrants {
  const email = accountEmail(goal);
  return {
    project: goal.answers.project,
    email,
    member: `serviceAccount:${email}`,
    place: wellFormed(on),
    lines: wantedPlaces(goal).find((each) => each.on === on)?.lines ?? [],
    turnedOn: servicesOf(goal),
  };
}

/** Reads the policy. @throws ProblemError where there is nothing to grant on */
export async function seeGrants(tools: Tools, wanted: WantedGrants, journal: Journal): Promise<SeenGrants> {
  const { cloud } = tools;
  const { project, turnedOn } = wanted;
  const spot = await seenOr(spotOf(wanted.place, tools, wanted), turnedOn);
  if (spot === unseen)
    return { unseen: true, spot: undefined, policy: nothing, dead: [], now: cloud.serverTime() };
  // Asked side by side, as it decides whether the line can be written.
  if (spot.kind !== 'project') tools.grantedAt?.(spot).catch(() => undefined);
  const read = getPolicyAt(spot, cloud, project).catch((error: unknown) => {
    // Google answers so for an account that is not there yet.
    if (isCloudError(error, 'not-found')) {
      if (isOwn(wanted)) return nothing;
      if (comes(wanted)) return unseen;
      throw absent(spot, project);
    }
    throw error;
  });
  const found = await seenOr(read, turnedOn);
  const policy = found === unseen ? nothing : found;
  const dead = deadGrants(policy, wanted, journal);
  return { unseen: found === unseen, spot, policy, dead, now: cloud.serverTime() };
}

/** Whether it is the account itself that is granted on. */
export function isOwn({ place }: Pick<WantedGrants, 'place'>): boolean {
  return place.kind === 'account' && place.whose === 'own';
}

/** Whether it is made by a service that this run turns on. */
function comes({ place, turnedOn }: WantedGrants): boolean {
  return place.kind === 'account' && place.whose === 'compute' && turnedOn.includes('compute.googleapis.com');
}

/** The resource that a profile means. @throws ProblemError where a project is in no organisation; CloudError */
export async function spotOf(
  place: Place,
  tools: Pick<Tools, 'cloud' | 'project'>,
  { project, email }: { project: string; email: string },
): Promise<Spot> {
  switch (place.kind) {
    case 'project':
      return { kind: 'project', id: project };
    case 'bucket':
      return { kind: 'bucket', id: place.name };
    case 'run-service':
      return { kind: 'run-service', id: `${place.region}/${place.name}` };
    case 'account': {
      if (place.whose === 'own') return { kind: 'account', id: email };
      if (place.whose !== 'compute') return { kind: 'account', id: place.whose.email };
      const found = await tools.project();
      return { kind: 'account', id: computeAccount(found?.number ?? '') };
    }
    case 'organization': {
      const id = await tools.cloud.projects.organizationOf(project);
      if (id !== undefined) return { kind: 'organization', id };
      throw new ProblemError({
        mover: 'person',
        what: `${project} is in no organisation, and the profile grants a role on one`,
        next: 'take a project that is in an organisation, or change the profile',
        exit: 'blocked',
      });
    }
  }
}

/** What it is granted on, in words, also where it is not known exactly. */
export function placeWords({ place, project, email }: WantedGrants): string {
  switch (place.kind) {
    case 'project':
      return 'the project';
    case 'bucket':
      return called({ kind: 'bucket', id: place.name });
    case 'run-service':
      return called({ kind: 'run-service', id: `${place.region}/${place.name}` });
    case 'organization':
      return `the organisation of ${project}`;
    case 'account':
      if (place.whose === 'own') return email;
      return place.whose === 'compute' ? 'the default account of Compute Engine' : place.whose.email;
  }
}

/** What Compute Engine and Cloud Run run as where nobody says otherwise (Compute Engine docs, default service account). */
export function computeAccount(projectNumber: string): string {
  return `${projectNumber}-compute@developer.gserviceaccount.com`;
}

function absent(spot: Spot, project: string): ProblemError {
  const make: Partial<Record<Spot['kind'], string>> = {
    bucket: `make it: ${commandLine('gcloud', 'storage', 'buckets', 'create', `gs://${spot.id}`, `--project=${project}`)}`,
    'run-service': 'deploy it first, then run this again',
    account: spot.id.endsWith('-compute@developer.gserviceaccount.com')
      ? `turn on Compute Engine, which makes it (gcloud services enable compute.googleapis.com --project=${project}), or name the account that your services run as: --tighten=EMAIL`
      : 'name an account that is there, or make it, then run this again',
  };
  return new ProblemError({
    mover: 'person',
    what: `${called(spot)} is not there, and a role is to be granted on it`,
    next: make[spot.kind] ?? 'see that it is there, then run this again',
    exit: 'blocked',
  });
}
