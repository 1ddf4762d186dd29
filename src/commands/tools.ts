import type { Cloud } from '../google/cloud.ts';
import {
  actingCredentials,
  federatedCredentials,
  impersonatedFile,
  serviceAccountKey,
} from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import type { Tools } from '../steps/goal.ts';
import type { Problem } from '../wizard/problem.ts';
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
  const signedIn = new Map<string, Cloud>();
  const actedAs = new Map<string, Cloud>();
  const byFile = new Map<string, ReturnType<Tools['byFile']>>();
  const tokens = workflowTokens(subjectTokenFile, env ?? {}, cloud);
  return {
    cloud,
    operator: cloud.principal,
    needed,
    project: () => (found ??= cloud.projects.get(project)),
    granted: () => (granted ??= grantedTo(cloud, project, [...needed, ...besides])),
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
}

/**
 * Asks what every run asks first, so that the answers are on their way while something else is done; resolves when the
 * questions are about to be sent. What goes wrong is told to whoever asks again.
 */
export async function askAhead(tools: Tools): Promise<void> {
  await tools.cloud.ready();
  for (const asked of [tools.project(), tools.granted()]) asked.catch(() => undefined);
}

async function grantedTo(
  cloud: Cloud,
  project: string,
  needed: readonly string[],
): Promise<ReadonlySet<string>> {
  try {
    return await cloud.projects.test(project, needed);
  } catch (error) {
    // A project that is absent or quite forbidden: nothing is granted there.
    if (isCloudError(error, 'denied', 'not-found')) return new Set();
    // Resource Manager is off there, so it cannot tell; the calls themselves will.
    if (isCloudError(error, 'service-disabled')) return new Set(needed);
    throw error;
  }
}

/** The problem of an operator who lacks one of these permissions; undefined if none is lacking. */
export async function lackingProblem(
  tools: Tools,
  project: string,
  permissions: readonly string[],
): Promise<Problem | undefined> {
  const granted = await tools.granted();
  const missing = permissions.filter((permission) => !granted.has(permission));
  if (missing.length === 0) return undefined;
  return {
    mover: 'person',
    what: `${tools.operator} may not change this in ${project}`,
    why: `missing: ${missing.join(', ')}`,
    next: `ask an owner of ${project} to do it, or for a role that has what is missing`,
    exit: 'blocked',
    missing,
  };
}
