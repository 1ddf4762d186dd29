import type { Cloud } from '../google/cloud.ts';
import {
  actingCredentials,
  federatedCredentials,
  impersonatedFile,
  serviceAccountKey,
} from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import type { Tools } from '../steps/goal.ts';
import { permissionsAt, spotFrom, spotText, testItself, type Spot } from '../steps/spot.ts';
import type { Lack } from '../wizard/preflight.ts';
import type { Problem } from '../wizard/problem.ts';
import type { Change } from '../wizard/step.ts';
import { diagnosing } from './diagnosing.ts';
import { workflowToken, workflowTokens } from './workflow-token.ts';

/**
 * What the steps may reach in one run. Questions with one answer a run are asked once.
 * @param besides permissions that it is asked for as well: in the same call, as another one takes as long again
 * @param env where the login of a person is found, for a file that rests on it; absent: none is to be made
 * @param subjectTokenFile a token of a workflow, to sign in with as one
 */
export function toolsFor(
  cloud: Cloud,
  project: string,
  needed: readonly string[],
  besides: readonly string[],
  env?: NodeJS.ProcessEnv,
  subjectTokenFile?: string,
): Tools {
  let found: ReturnType<Tools['project']> | undefined;
  let granted: Promise<ReadonlySet<string>> | undefined;
  let testable: ReturnType<Tools['testable']> | undefined;
  let keysHere: ReturnType<Tools['keysHere']> | undefined;
  const asked = [...needed, ...besides];
  const grants = needed.includes('resourcemanager.projects.setIamPolicy');
  const signedIn = new Map<string, Cloud>();
  const actedAs = new Map<string, Cloud>();
  const byFile = new Map<string, ReturnType<Tools['byFile']>>();
  const grantedAt = new Map<string, Promise<ReadonlySet<string>>>();
  const tokens = workflowTokens(subjectTokenFile, env ?? {}, cloud);
  const tools: Tools = {
    cloud,
    operator: cloud.principal,
    needed,
    project: () => (found ??= cloud.projects.get(project)),
    granted: () => (granted ??= grantedTo(cloud.projects.test(project, asked), asked)),
    ...(grants && {
      grantedAt(spot: Spot) {
        const known = grantedAt.get(spotText(spot));
        if (known !== undefined) return known;
        const names = permissionsAt(spot);
        const found = grantedTo(testItself(spot, cloud, project, names), names);
        grantedAt.set(spotText(spot), found);
        return found;
      },
    }),
    testable: () => (testable ??= cloud.roles.testable(project)),
    ...(env && {
      login: (email: string) => impersonatedFile(email, env, cloud.isGoogle ? undefined : cloud.endpoint),
    }),
    byFile(text, place) {
      const known = byFile.get(text);
      if (known !== undefined) return known;
      const { acting, source } = actingCredentials(text, place);
      const both = { acting: cloud.as(acting), source: cloud.as(source) };
      byFile.set(text, both);
      return both;
    },
    ...(tokens && {
      async asWorkflow(provider: string, email: string, repository: string) {
        const known = actedAs.get(provider);
        if (known !== undefined) return known;
        // Once now, so that a token that cannot do is told of at once.
        const subjectToken = () => workflowToken(tokens, provider, repository, cloud.serverTime());
        await subjectToken();
        const audience = `//iam.googleapis.com/${provider}`;
        const workflow = cloud.as(federatedCredentials({ audience, subjectToken, impersonate: email }));
        actedAs.set(provider, workflow);
        return workflow;
      },
    }),
    acting(email) {
      const known = actedAs.get(email) ?? cloud.actingAs(email);
      actedAs.set(email, known);
      return known;
    },
    as(keyText) {
      const known = signedIn.get(keyText) ?? cloud.as(serviceAccountKey(keyText));
      signedIn.set(keyText, known);
      return known;
    },
    keysHere: async () => {
      const { keysOnThisMachine } = await import('./keys-on-this-machine.ts');
      return (keysHere ??= keysOnThisMachine(cloud.endpoint));
    },
  };
  return { ...tools, diagnose: diagnosing(tools) };
}

/**
 * Asks what every run asks first, so that the answers are on their way while something else is done; resolves when the
 * questions were sent. What goes wrong is told to whoever asks again.
 */
export async function askAhead(tools: Tools): Promise<void> {
  await tools.cloud.ready();
  const asked = Promise.allSettled([tools.project(), tools.granted()]);
  // Whatever is loaded from here on would hold up what was not sent by then.
  await Promise.race([tools.cloud.sent(), asked]);
}

/** @param test asks for them @param needed what they are, of whatever resource */
async function grantedTo(
  test: Promise<ReadonlySet<string>>,
  needed: readonly string[],
): Promise<ReadonlySet<string>> {
  try {
    return await test;
  } catch (error) {
    // What is absent or quite forbidden: nothing is granted there.
    if (isCloudError(error, 'denied', 'not-found')) return new Set();
    // Its API is off there, so it cannot tell; the calls themselves will.
    if (isCloudError(error, 'service-disabled')) return new Set(needed);
    throw error;
  }
}

/** What the operator lacks to make these changes: each permission once for each resource, with what it stops. */
export async function lacksOf(
  tools: Tools,
  project: string,
  changes: readonly Change[],
): Promise<readonly Lack[]> {
  const granted = await tools.granted();
  const lacks = new Map<string, Lack & { stops: Change[] }>();
  const note = (change: Change, permission: string, place: string, called: string): void => {
    const known = lacks.get(`${place} ${permission}`);
    if (known) known.stops.push(change);
    else lacks.set(`${place} ${permission}`, { permission, place, called, stops: [change] });
  };
  for (const change of changes) {
    for (const each of change.requires)
      if (!granted.has(each)) note(change, each, `project/${project}`, `the project ${project}`);
    const { requiresAt } = change;
    if (requiresAt === undefined) continue;
    const there = await tools.grantedAt?.(spotOf(requiresAt.place));
    // What is granted on the project reaches down; what an organisation grants there was asked of itself.
    const above = requiresAt.place.startsWith('organization/') ? undefined : granted;
    for (const each of requiresAt.permissions)
      if (there?.has(each) === false && above?.has(each) !== true)
        note(change, each, requiresAt.place, requiresAt.called);
  }
  return [...lacks.values()];
}

function spotOf(place: string): Spot {
  const spot = spotFrom(place);
  if (spot === undefined) throw new Error(`nothing is called "${place}"`);
  return spot;
}

/** The problem of an operator who may not make all of these changes; undefined if they may. */
export async function lackingProblem(
  tools: Tools,
  project: string,
  changes: readonly Change[],
): Promise<Problem | undefined> {
  const lacks = await lacksOf(tools, project, changes);
  if (lacks.length === 0) return undefined;
  const missing = [...new Set(lacks.map(({ permission }) => permission))];
  return {
    mover: 'person',
    what: `${tools.operator} may not change this in ${project}`,
    why: `missing: ${missing.join(', ')}`,
    next: `ask an owner of ${project} to do it, or for a role that has what is missing`,
    exit: 'blocked',
    missing,
    stops: changes,
  };
}
