import * as z from 'zod';
import { readFile } from 'node:fs/promises';
import type { Cloud } from '../google/cloud.ts';
import { ProblemError } from '../wizard/problem.ts';
import { shown } from './shown.ts';

const claims = z.looseObject({ repository: z.string(), exp: z.number() });
const answer = z.looseObject({ value: z.string().min(1) });

/** Where a workflow's token comes from: a file, or GitHub itself inside a workflow. */
export interface WorkflowTokens {
  file?: string;
  /** GitHub docs, OpenID Connect reference: set where the job has `id-token: write`. */
  request?: { url: string; token: string };
}

/**
 * Where tokens of a workflow are at hand. GitHub's own are shown to Google alone, and those that another end gives out to
 * that one; a file was named for whatever other end was named.
 */
export function workflowTokens(
  file: string | undefined,
  env: NodeJS.ProcessEnv,
  { isGoogle, endpoint }: Pick<Cloud, 'isGoogle' | 'endpoint'>,
): WorkflowTokens | undefined {
  if (file !== undefined) return { file };
  const url = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const token = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (!url || !token || !URL.canParse(url)) return undefined;
  return isGoogle || new URL(url).origin === endpoint ? { request: { url, token } } : undefined;
}

/**
 * A token of a workflow of this repository, for this provider.
 * @param now by the server's clock
 * @throws ProblemError where it cannot be had, has expired, or is of another repository
 */
export async function workflowToken(
  { file, request }: WorkflowTokens,
  provider: string,
  repository: string,
  now: Date,
): Promise<string> {
  const token =
    file === undefined ? await ask(request ?? { url: '', token: '' }, provider) : await read(file);
  const said = claims.safeParse(payload(token));
  const from = file === undefined ? 'GitHub' : `--subject-token-file ${file}`;
  if (!said.success)
    throw trouble(
      `${from}: this is no token of a workflow on GitHub`,
      'make a fresh one in a workflow of the repository',
    );
  if (said.data.repository !== repository)
    throw trouble(
      `${from}: the token is of a workflow of ${shown(said.data.repository)}, not of ${repository}`,
      'run this in a workflow of that repository, or name the other one with --repository',
    );
  if (said.data.exp * 1000 < now.getTime())
    throw trouble(`${from}: the token has expired`, 'make a fresh one: it is good for minutes only');
  return token;
}

async function read(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw trouble(
      `--subject-token-file: ${file} cannot be read (${code})`,
      'name a file that holds the token',
    );
  }
}

async function ask({ url, token }: { url: string; token: string }, provider: string): Promise<string> {
  const asked = new URL(url);
  asked.searchParams.set('audience', `https://iam.googleapis.com/${provider}`);
  let status = 'no answer';
  try {
    const response = await fetch(asked, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(20_000),
    });
    status = `HTTP ${response.status}`;
    return answer.parse(await response.json()).value;
  } catch {
    // Whatever else it was may hold the token.
    throw trouble(`GitHub gave this job no token (${status})`, 'give the job the permission id-token: write');
  }
}

function payload(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}

function trouble(what: string, next: string): ProblemError {
  return new ProblemError({ mover: 'person', what, next, exit: 'blocked' });
}
