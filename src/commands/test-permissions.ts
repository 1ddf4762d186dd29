import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { isCloudError } from '../google/errors.ts';
import { glyphsFor } from '../print/glyphs.ts';
import { findProfile } from '../profile/load.ts';
import type { Profile } from '../profile/profile.ts';
import { NoProjectError, testAccount, type AccountTests } from '../proof/test-account.ts';
import { asked, permissionForm } from '../proof/test-permissions.ts';
import { clockWords, setTheClock } from '../steps/clock-words.ts';
import { cloudProblem } from '../steps/cloud-problem.ts';
import { exitCodes, type ExitName } from '../wizard/exit-codes.ts';
import { ProblemError } from '../wizard/problem.ts';
import { projectAnswer } from './answers.ts';
import { callLog } from './debug-log.ts';
import { customEndpoint } from './endpoint-flag.ts';
import { keysFolder, projectPath } from './folders.ts';
import type { RunFlags } from './run-flags.ts';
import { shown } from './shown.ts';
import { testPermissionsPage } from './test-permissions-page.ts';
import { unanswered, usage } from './usage.ts';
import { written } from './written.ts';

/** What `iamready test-permissions` takes from the command line. */
export type TestFlags = Pick<
  RunFlags,
  | (
      | 'profile'
      | 'profileSha256'
      | 'stateDir'
      | 'project'
      | 'endpoint'
      | 'keyFile'
      | 'envFile'
      | 'envFormat'
      | 'credentials'
    )
  | ('accessTokenFile' | 'account' | 'impersonateServiceAccount' | 'json' | 'debug')
> & {
  /** Names, with commas between them. */
  permissions?: string;
};

/**
 * `iamready test-permissions`: signs in as the account, asks Google for each permission, and prints the answers on `out`.
 * Changes nothing. @throws what stands in the way of asking, as a problem names it
 */
export async function testPermissions(
  flags: TestFlags,
  { out, env }: { out: NodeJS.WritableStream & { columns?: number }; env: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Promise<ExitName> {
  const names = namesIn(flags);
  const profile = flags.profile === undefined ? undefined : await (await findProfile(flags.profile))();
  const endpoint = customEndpoint(flags);
  const project = flags.project === undefined ? undefined : projectAnswer(flags);
  const { envFile, envFormat, accessTokenFile, account } = flags;
  const { credentials: credentialsFile, impersonateServiceAccount: impersonate } = flags;
  const keyFile = flags.keyFile ?? (await usualKeyFile(flags, profile, endpoint, env));
  const given = { keyFile, envFile, envFormat, credentialsFile, accessTokenFile, account, impersonate };
  if (envFile !== undefined && profile === undefined)
    throw usage('--env: without a profile nobody knows which variables to read', 'name one: --profile=NAME');
  let tests: AccountTests;
  try {
    tests = await testAccount({
      ...{ ...given, project, endpoint, env, signal, profile: flags.profile, log: callLog(flags) },
      ...{ names: profile?.env ?? {}, asked: asked(profile?.permissions ?? [], names) },
    });
  } catch (error) {
    throw problemFor(error, project, impersonate, signal);
  }
  const exit = tests.tests.every(({ granted }) => granted) ? 'done' : 'invalid';
  const text = flags.json
    ? eventsOf(tests, exit).map(jsonLine).join('')
    : testPermissionsPage(tests, { columns: out.columns ?? 80, glyphs: glyphsFor(env) });
  await written(out, text);
  return exit;
}

function namesIn({ permissions, profile }: TestFlags): string[] | undefined {
  const names = permissions
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if ((names === undefined || names.length === 0) && profile === undefined)
    throw unanswered(
      'which permissions?',
      'name a profile: --profile=NAME; or permissions: --permissions=run.services.get,run.services.list',
    );
  const wrong = names?.find((name) => !permissionForm.test(name));
  if (wrong !== undefined)
    throw usage(
      `--permissions: ${shown(wrong)} is not the name of a permission`,
      'write names as service.resource.action, with commas between them: --permissions=run.services.get',
    );
  return names?.length === 0 ? undefined : names;
}

/** The key that a setup has put into its usual place, where nothing else says who is to be tested. */
async function usualKeyFile(
  flags: TestFlags,
  profile: Profile | undefined,
  endpoint: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const { project, envFile, credentials, accessTokenFile, account, impersonateServiceAccount } = flags;
  const named = envFile ?? credentials ?? accessTokenFile ?? account ?? impersonateServiceAccount;
  if (named !== undefined || profile === undefined || project === undefined) return undefined;
  const { privateKey, credentialsJson, keyFile } = profile.env;
  const inEnvironment = [privateKey, credentialsJson, keyFile].some(
    (name) => name !== undefined && env[name],
  );
  if (inEnvironment) return undefined;
  const file = join(keysFolder(env), projectPath(project, endpoint), `${profile.account.id}.json`);
  return access(file).then(
    () => file,
    () => undefined,
  );
}

function problemFor(
  error: unknown,
  project: string | undefined,
  actedAs: string | undefined,
  signal: AbortSignal,
): unknown {
  if (signal.aborted) return error;
  if (error instanceof NoProjectError)
    return unanswered(
      'which project? Neither the variables nor the key file name one',
      'name it: --project=ID',
    );
  if (isCloudError(error, 'invalid-grant', 'unauthenticated')) {
    const clock = clockWords(error);
    return new ProblemError({
      mover: 'person',
      what: clock
        ? `Google does not let the account sign in, and ${clock}`
        : 'Google does not let the account sign in',
      why: error.message,
      next: clock
        ? setTheClock
        : 'make a new key: iamready rotate; the key was deleted or disabled, or the account was',
      exit: 'invalid',
    });
  }
  if (!isCloudError(error)) return error;
  const on = project ?? 'the project';
  if (isCloudError(error, 'denied') && error.api === 'iamcredentials') {
    const problem = cloudProblem(error, { project: on, doing: `act as ${actedAs ?? 'the account'}` });
    const next = `ask for roles/iam.serviceAccountTokenCreator on ${actedAs ?? 'the account'}, or name its key: --key-file=FILE`;
    return new ProblemError({ ...problem, next });
  }
  return new ProblemError(cloudProblem(error, { project: on, doing: `test permissions on ${on}` }));
}

function eventsOf({ email, project, source, tests }: AccountTests, exit: ExitName): Event[] {
  const missing = tests.filter(({ granted }) => !granted).map(({ permission }) => permission);
  return [
    ...tests.map(({ permission, ...test }) => ({ v: 1, type: 'test', name: permission, ...test }) as const),
    {
      v: 1,
      type: 'result',
      status: missing.length === 0 ? 'ready' : 'differs',
      exitCode: exitCodes[exit].code,
      ...(email !== undefined && { email }),
      project,
      ...(source !== undefined && { source }),
      permissions: tests.length,
      missing,
    },
  ];
}
