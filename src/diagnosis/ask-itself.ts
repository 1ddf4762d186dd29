import type { Cloud } from '../google/cloud.ts';
import { isCloudError, type CloudError } from '../google/errors.ts';
import { askedOn } from '../profile/asked-on.ts';
import type { WantedPermission } from '../profile/profile.ts';
import { mayAct, type Way } from '../steps/acting-as.ts';
import { asAccount } from '../steps/as-account.ts';
import { accountEmail, type Goal, type Tools } from '../steps/goal.ts';
import { here } from '../steps/grant-lines.ts';
import { testAt, type Spot } from '../steps/spot.ts';
import { askedSpot } from '../steps/validate-seen.ts';
import type { Lacking, Subject } from './subject.ts';

/** What came of asking the account itself. */
export interface Asked {
  /** The account's own view, where it could be signed in to. */
  cloud?: Cloud;
  /** How it was signed in to: " by your own right"; why it was not, where it was not even tried. */
  through: string;
  /** False where nobody could sign in as it: then `lacking` is all that was to be asked. */
  isTried: boolean;
  refusal?: CloudError;
  granted: readonly string[];
  lacking: readonly Lacking[];
  invalid: Subject['invalid'];
}

/**
 * Signs in as the account, in the way that its programs do, else by the operator's own right, and asks for each permission
 * where the goal wants it. @throws CloudError, CredentialsError, ProblemError where that fails for another reason
 */
export async function askItself(
  tools: Tools,
  goal: Goal,
  permissions: readonly WantedPermission[],
): Promise<Asked> {
  const { project, access, keyFile } = goal.answers;
  const email = accountEmail(goal);
  const places = Map.groupBy(permissions, (permission) => {
    const on = here(askedOn(permission, goal.profile), goal);
    // What an organisation grants is held on the project as well.
    return on === 'organization' ? 'project' : on;
  });
  const asking = await Promise.all(
    [...places].map(async ([on, all]) => ({
      spot: await askedSpot(on, tools, { project, email }),
      names: all.map(({ name }) => name),
    })),
  );
  const all = asking.flatMap(({ spot, names }) => names.map((name): Lacking => ({ name, spot })));
  const untested = { granted: [], lacking: all, invalid: [] };
  let way: Way;
  try {
    way = await asAccount(tools, { project, email, access, file: keyFile.value });
    if (
      !('cloud' in way) &&
      way.kind !== 'unproven' &&
      (await mayAct(tools, email, project).catch(() => false))
    )
      way = { cloud: tools.acting(email), through: ' by your own right' };
  } catch (error) {
    if (isRefusal(error)) return { ...untested, through: '', isTried: true, refusal: error };
    throw error;
  }
  if (!('cloud' in way)) return { ...untested, through: reasonOf(way, keyFile.value), isTried: false };
  const { cloud, through } = way;
  try {
    const answers = await Promise.all(
      asking.map(async ({ spot, names }) => ({
        spot,
        ...(await askAll(names, (some) => testAt(spot, cloud, project, some))),
      })),
    );
    answers.push(...(await askAbove(answers, tools, cloud, project)));
    const granted = new Set(answers.flatMap((each) => [...each.granted]));
    return {
      cloud,
      through,
      isTried: true,
      granted: [...granted],
      lacking: answers.flatMap(({ spot, lacking }) => lacking.map((name) => ({ name, spot }))),
      // What is granted above lacks nothing.
      invalid: answers.flatMap(({ invalid }) => invalid.filter(({ name }) => !granted.has(name))),
    };
  } catch (error) {
    if (isRefusal(error)) return { ...untested, cloud, through, isTried: true, refusal: error };
    throw error;
  }
}

function isRefusal(error: unknown): error is CloudError {
  return isCloudError(error, 'invalid-grant', 'unauthenticated', 'denied', 'service-disabled', 'not-found');
}

function reasonOf(way: Exclude<Way, { cloud: Cloud }>, file: string): string {
  if (way.kind === 'unproven') return way.by;
  return way.kind === 'no-key'
    ? `there is no key of it in ${file}`
    : `${file} holds no credentials that act as it`;
}

type Answer = { granted: Set<string>; lacking: string[]; invalid: { name: string; said: string }[] };

/** What is no permission of a project may be one of its organisation, and is asked for there. */
async function askAbove(
  answers: readonly (Answer & { spot: Spot })[],
  tools: Tools,
  cloud: Cloud,
  project: string,
): Promise<(Answer & { spot: Spot })[]> {
  const names = answers.flatMap(({ invalid }) => invalid.map(({ name }) => name));
  if (names.length === 0) return [];
  const id = await tools.cloud.projects.organizationOf(project).catch((error: unknown) => {
    if (isCloudError(error, 'denied', 'not-found', 'service-disabled')) return undefined;
    throw error;
  });
  if (id === undefined) return [];
  const answer = await askAll(names, (some) => cloud.organizations.test(id, some));
  return [{ spot: { kind: 'organization', id }, ...answer, invalid: [] }];
}

/** One name that Google does not know there spoils the whole question, so it is put again in halves. */
async function askAll(
  names: readonly string[],
  ask: (some: readonly string[]) => Promise<Set<string>>,
): Promise<Answer> {
  if (names.length === 0) return { granted: new Set(), lacking: [], invalid: [] };
  try {
    const granted = await ask(names);
    return { granted, lacking: names.filter((name) => !granted.has(name)), invalid: [] };
  } catch (error) {
    if (!isCloudError(error, 'invalid') || error.api === 'sts') throw error;
    const [name, ...others] = names;
    if (name !== undefined && others.length === 0)
      return { granted: new Set(), lacking: [], invalid: [{ name, said: error.message }] };
    const half = Math.ceil(names.length / 2);
    const [one, other] = [await askAll(names.slice(0, half), ask), await askAll(names.slice(half), ask)];
    return {
      granted: new Set([...one.granted, ...other.granted]),
      lacking: [...one.lacking, ...other.lacking],
      invalid: [...one.invalid, ...other.invalid],
    };
  }
}
