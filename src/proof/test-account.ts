import { openCloud, type Cloud, type CloudOptions } from '../google/cloud.ts';
import { CredentialsError } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import { diagnose } from './diagnose.ts';
import type { Asked, Diagnosis, PermissionTest } from './permission-test.ts';
import { accountOf, type Whose } from './whose.ts';

/** What to test, where, and as whom. */
export interface TestOrder extends Whose {
  /** The ID of the project; absent: the one that the variables or the key file name. */
  project?: string | undefined;
  /** The profile, as it was named. */
  profile?: string | undefined;
  asked: readonly Asked[];
  signal?: AbortSignal | undefined;
  log?: CloudOptions['log'];
}

/** Who was tested where, and what came of it. */
export interface AccountTests {
  /** The address of the account, as far as it is known. */
  email: string | undefined;
  /** For print. */
  principal: string;
  /** Where its credentials came from, where that was a file or a variable. */
  source: string | undefined;
  project: string;
  tests: PermissionTest[];
}

/**
 * Asks Google, as the account itself, which permissions it has on the project; changes nothing. One reading: a change of
 * the policy may take minutes until every reading shows it. A permission that Google does not know spoils no other.
 * @throws CredentialsError that names the file or variable, and what is wrong with it; CloudError if a call fails
 */
export async function testAccount(order: TestOrder): Promise<AccountTests> {
  const account = await accountOf(order);
  const project = projectOf(order, account);
  const { credentials, base, source } = account;
  const { endpoint, signal, log, profile, asked } = order;
  const cloud = openCloud({
    credentials,
    ...(endpoint && { endpoint }),
    ...(signal && { signal }),
    ...(log && { log }),
  });
  const names = [...new Set(asked.map(({ permission }) => permission))];
  const { granted, unknown } = await ask(cloud, project, names);
  const { email } = credentials;
  const observers = base === undefined ? [cloud] : [cloud, cloud.as(base)];
  const isMissing = names.some((name) => !granted.has(name) && !unknown.has(name));
  const about = { project, email, observers, profile, granted: granted.size };
  const diagnosisOf = isMissing ? await diagnose(about) : undefined;
  const tests = asked.map((one): PermissionTest => {
    if (granted.has(one.permission)) return { ...one, granted: true };
    return {
      ...one,
      granted: false,
      ...(diagnosisOf && !unknown.has(one.permission) ? diagnosisOf(one.permission) : notValid(project)),
    };
  });
  return { email, principal: credentials.principal, source, project, tests };
}

function notValid(project: string): Diagnosis {
  return {
    reason: 'not-valid',
    cause: `Google knows no such permission on a project`,
    remedy: `correct its name, or leave it out: gcloud iam list-testable-permissions //cloudresourcemanager.googleapis.com/projects/${project}`,
  };
}

/** One name that Google does not know spoils the whole question, so that it is put again in halves. */
async function ask(
  cloud: Cloud,
  project: string,
  names: readonly string[],
): Promise<{ granted: ReadonlySet<string>; unknown: ReadonlySet<string> }> {
  if (names.length === 0) return { granted: new Set(), unknown: new Set() };
  try {
    return { granted: await cloud.projects.test(project, names), unknown: new Set() };
  } catch (error) {
    if (!isCloudError(error, 'invalid') || error.api !== 'cloudresourcemanager') throw error;
    if (names.length === 1) return { granted: new Set(), unknown: new Set(names) };
    const half = Math.ceil(names.length / 2);
    const parts = [
      await ask(cloud, project, names.slice(0, half)),
      await ask(cloud, project, names.slice(half)),
    ];
    return {
      granted: new Set(parts.flatMap((part) => [...part.granted])),
      unknown: new Set(parts.flatMap((part) => [...part.unknown])),
    };
  }
}

function projectOf(
  { project: named }: TestOrder,
  { project: found, projectPlace }: Awaited<ReturnType<typeof accountOf>>,
): string {
  if (named !== undefined && projectPlace !== undefined && found !== named)
    throw new CredentialsError({
      kind: 'variables',
      fault: 'wrong-project',
      ...projectPlace,
      remedy: `set ${projectPlace.variable} to the project that is meant, or name that one`,
      message: `${projectPlace.place} names another project than ${named}`,
    });
  const project = named ?? found;
  if (project !== undefined) return project;
  throw new NoProjectError();
}

/** Nothing says which project is meant. */
export class NoProjectError extends Error {
  override readonly name = 'NoProjectError';
  constructor() {
    super('no project is named, and neither the variables nor the key file name one');
  }
}
