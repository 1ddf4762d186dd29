import * as z from 'zod';
import type { Credentials } from '../credentials.ts';
import { printable } from '../printable.ts';
import { asToken } from './access-token-file.ts';
import { CredentialsError } from './credentials-error.ts';

/** gcloud starts Python, and may have to ask Google: slow machines take their time. In ms. */
const GCLOUD_DEADLINE_MS = 30_000;

/** The token of an account that gcloud is logged in with. It is asked when a token is needed, and again after a refusal. */
export function gcloudAccount(account: string, env: NodeJS.ProcessEnv): Credentials {
  return {
    kind: 'gcloud',
    principal: account,
    email: account,
    async token({ signal }) {
      const command = ['auth', 'print-access-token', '--quiet', `--account=${account}`];
      return {
        value: asToken(await gcloud(command, env, signal), 'the output of gcloud auth print-access-token'),
      };
    },
  };
}

/**
 * The account gcloud uses now.
 * @returns nothing when gcloud is not installed or has none
 * @throws {CredentialsError} `gcloud-failed`
 */
export async function activeGcloudAccount(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    return (await gcloud(['config', 'get-value', 'account', '--quiet'], env)).trim() || undefined;
  } catch (error) {
    if (error instanceof CredentialsError && error.kind === 'gcloud-missing') return undefined;
    throw error;
  }
}

/** One account that gcloud is logged in with. */
export interface GcloudAccount {
  account: string;
  /** gcloud uses it where none is named. */
  active: boolean;
}

const listed = z.array(z.object({ account: z.string().min(1), status: z.string().default('') }));

/**
 * The accounts gcloud is logged in with, the active one first (`gcloud auth list`).
 * @throws {CredentialsError} `gcloud-missing`, `gcloud-failed`
 */
export async function gcloudAccounts(
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<readonly GcloudAccount[]> {
  const output = await gcloud(['auth', 'list', '--format=json', '--quiet'], env, signal);
  const accounts = readAccounts(output).map(({ account, status }) => ({
    account,
    active: status === 'ACTIVE',
  }));
  return accounts.toSorted((a, b) => Number(b.active) - Number(a.active));
}

function readAccounts(output: string): z.infer<typeof listed> {
  try {
    return listed.parse(JSON.parse(output));
  } catch {
    // What it said instead is not quoted: nobody knows what is in it.
    throw new CredentialsError({
      kind: 'gcloud-failed',
      place: 'gcloud auth list',
      value: 'no list of accounts',
      remedy: 'gcloud components update',
      message: 'gcloud auth list gave no list of accounts',
    });
  }
}

async function gcloud(args: string[], env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const { execa } = await import('execa');
  const result = await execa('gcloud', args, {
    env,
    extendEnv: false,
    stdin: 'ignore',
    timeout: GCLOUD_DEADLINE_MS,
    reject: false,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  if (!result.failed) return result.stdout;
  const place = `gcloud ${args.slice(0, 2).join(' ')}`;
  if (result.code === 'ENOENT')
    throw new CredentialsError({
      kind: 'gcloud-missing',
      place,
      remedy: 'install the Google Cloud CLI, or name another source of credentials',
      message: 'gcloud is not installed, or not on PATH',
    });
  const value = result.timedOut
    ? `no answer within ${GCLOUD_DEADLINE_MS} ms`
    : printable(result.stderr, [], 500) || `exit code ${result.exitCode ?? 'unknown'}`;
  throw new CredentialsError({
    kind: 'gcloud-failed',
    place,
    value,
    remedy: 'gcloud auth login',
    message: `${place} failed: ${value}`,
  });
}
