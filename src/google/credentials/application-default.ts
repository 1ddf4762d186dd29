import { access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { Credentials } from '../credentials.ts';
import { CredentialsError } from './credentials-error.ts';
import { credentialsFile } from './credentials-file.ts';
import { tokenText } from './token-text.ts';

/**
 * Application Default Credentials from a file: the one that GOOGLE_APPLICATION_CREDENTIALS names, else the one that
 * `gcloud auth application-default login` leaves (cloud.google.com/docs/authentication/application-default-credentials).
 * @returns nothing when there is neither
 * @throws {CredentialsError} the file is there, and cannot be read or is none
 */
export async function applicationDefaultFile(env: NodeJS.ProcessEnv): Promise<Credentials | undefined> {
  const { named, wellKnown } = applicationDefaultPlaces(env);
  const file = named ?? wellKnown;
  if (!named && !(await exists(file))) return undefined;
  return { ...(await credentialsFile(file, env)), kind: 'adc' };
}

/** The places of that file: the one that the variable names, where it is set, and the one that gcloud writes. */
export function applicationDefaultPlaces(env: NodeJS.ProcessEnv): { named?: string; wellKnown: string } {
  const named = env['GOOGLE_APPLICATION_CREDENTIALS'];
  return { ...(named === undefined ? {} : { named }), wellKnown: wellKnownFile(env) };
}

const metadataToken = z.object({ access_token: tokenText, expires_in: z.number() });

/**
 * Application Default Credentials of the Google machine this runs on, from its metadata server.
 * @returns nothing elsewhere, and on a machine without an account
 */
export async function attachedAccount(): Promise<Credentials | undefined> {
  const { gcpMetadata } = await import('../google-libraries.ts');
  // Asking whether the server is there takes seconds where it is not, and a stranger's answer makes the library warn on
  // stderr; the machine's own marks (BIOS, Cloud Run's variables) tell at once. The variable is the library's own.
  const told = process.env['METADATA_SERVER_DETECTION'] !== undefined;
  const here = told ? await gcpMetadata.isAvailable() : gcpMetadata.getGCPResidency();
  if (!here) return undefined;
  const email = await readMetadata('email', z.email());
  if (email === undefined) return undefined;
  return {
    kind: 'adc',
    principal: email,
    email,
    async token(context) {
      const answer = await readMetadata('token', metadataToken);
      if (answer)
        return {
          value: answer.access_token,
          expiresAt: new Date(context.now().getTime() + answer.expires_in * 1000),
        };
      throw new CredentialsError({
        kind: 'unusable',
        place: "this machine's metadata server",
        remedy: 'attach a service account to this machine, or name other credentials',
        message: 'the metadata server gave no token',
      });
    },
  };
}

/** Reads one thing about the attached account. The library's error holds its request, and is dropped. */
async function readMetadata<T>(what: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const { gcpMetadata } = await import('../google-libraries.ts');
  try {
    return schema.parse(await gcpMetadata.instance(`service-accounts/default/${what}`));
  } catch {
    return undefined;
  }
}

/** Where gcloud keeps the file, on each platform. */
function wellKnownFile(env: NodeJS.ProcessEnv): string {
  const folder =
    env['CLOUDSDK_CONFIG'] ??
    (process.platform === 'win32'
      ? path.join(env['APPDATA'] ?? '', 'gcloud')
      : path.join(env['HOME'] ?? os.homedir(), '.config', 'gcloud'));
  return path.join(folder, 'application_default_credentials.json');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  );
}
