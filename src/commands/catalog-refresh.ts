import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CatalogError } from '../catalog/catalog-error.ts';
import { listedRoles } from '../catalog/listed-roles.ts';
import { liveOf, type Live } from '../catalog/live.ts';
import { textOf } from '../catalog/live-text.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { margin, wrap } from '../print/layout.ts';
import { printed } from '../print/printable.ts';
import { writeWhole } from '../wizard/write-whole.ts';
import { liveFile } from './compiled-catalog.ts';
import type { RunFlags } from './run-flags.ts';
import { written, type Output } from './written.ts';

/** What `iamready catalog refresh` takes from the command line. */
export type RefreshFlags = Pick<
  RunFlags,
  | 'project'
  | 'endpoint'
  | 'credentials'
  | 'accessTokenFile'
  | 'account'
  | 'impersonateServiceAccount'
  | 'debug'
> & {
  /** A file in the form that roles.list answers; no cloud is asked then. */
  readonly from?: string;
};

/**
 * Keeps Google's roles with their permissions, and what of these a project's custom role may hold, in the cache folder.
 * @throws CatalogError for a file that is not in the form of roles.list; CloudError and CredentialsError for Google's
 */
export async function catalogRefresh(
  flags: RefreshFlags,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const live = flags.from === undefined ? await asked(flags, signal) : await fromFile(flags.from);
  const { out, json, columns = 80, env = process.env } = output;
  const file = liveFile(env);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  // Whole or not at all: `explain` may be reading it.
  await writeWhole(file, textOf(live));
  const { date, from, roles, names, project } = live;
  const testable =
    project === undefined ? 0 : names.filter((name) => live.testable(name) !== undefined).length;
  if (json) {
    const counts = { roles: roles.length, permissions: names.length, testable };
    const refreshed = jsonLine({ v: 1, type: 'refreshed', file, from, date, ...counts });
    return written(out, refreshed + jsonLine({ v: 1, type: 'result', status: 'ready', exitCode: 0 }));
  }
  const counts = `${roles.length.toLocaleString('en')} roles and ${names.length.toLocaleString('en')} permissions`;
  const custom =
    project === undefined
      ? 'Whether custom roles may hold them was not asked: --project=ID does.'
      : `${testable.toLocaleString('en')} of these can be tested in ${project}.`;
  const lines = wrap(`Kept ${counts} from ${from}. ${custom}`, columns - margin.length);
  return written(out, printed([...lines.map((line) => margin + line), `${margin}${file}`]));
}

async function fromFile(file: string): Promise<Live> {
  let bytes: Buffer;
  let date: string;
  try {
    bytes = await readFile(file);
    // What is in it is as old as it.
    date = (await stat(file)).mtime.toISOString();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new CatalogError(
      `${file} cannot be read (${code})`,
      'Check the path; it is read from the folder you are in.',
    );
  }
  return liveOf(listedRoles(bytes, file), new Map(), { date, from: file });
}

async function asked(flags: RefreshFlags, signal: AbortSignal): Promise<Live> {
  const [{ openCloud }, { resolveCredentials }, { credentialChoice }, { customEndpoint }, { callLog }] =
    await Promise.all([
      import('../google/cloud.ts'),
      import('../google/credentials.ts'),
      import('./credential-choice.ts'),
      import('./endpoint-flag.ts'),
      import('./debug-log.ts'),
    ]);
  const endpoint = customEndpoint(flags);
  const credentials = await resolveCredentials({ ...credentialChoice(flags), endpoint });
  const cloud = openCloud({ endpoint, credentials, signal, log: callLog(flags) });
  const { project } = flags;
  const [roles, testable] = await Promise.all([
    cloud.roles.predefined(),
    project === undefined ? new Map<string, never>() : cloud.roles.testable(project),
  ]);
  const date = cloud.serverTime().toISOString();
  return liveOf(roles, testable, { date, from: endpoint ?? 'Google', project });
}
