import { resolve } from 'node:path';
import type { FoundCredentials } from '../../google/credentials/resolve.ts';
import { lookAround } from '../wizard/sign-in/look-around.ts';
import { readablePath } from '../wizard/sign-in/paths.ts';
import type { Sighting } from '../wizard/sign-in/source.ts';
import type { Here, WhoFlags } from './identity.ts';
import { fileOf } from './origin.ts';

/** Credentials that are on this machine, and are not used. */
export interface Other {
  /** Whose they are. */
  label: string;
  /** What kind they are, and where they stand. */
  where: string;
  /** Why they are not taken. */
  why: string;
  /** The flag that takes them; absent where nothing does. */
  take?: string;
}

/**
 * Every other way to sign in that is on this machine: logins, tokens and keys, as the wizard finds them.
 * @param found what is used; absent: nothing is
 */
export async function findOthers(
  found: FoundCredentials | undefined,
  flags: WhoFlags,
  here: Here,
): Promise<readonly Other[]> {
  let sightings: readonly Sighting[] = [];
  await lookAround(here, (known) => (sightings = known.sightings));
  return sightings
    .filter((each) => found === undefined || !isUsed(each, found, here))
    .map((each) => otherOf(each, found, flags, here));
}

function isUsed({ id, ...each }: Sighting, { origin, credentials }: FoundCredentials, here: Here): boolean {
  const choice = 'choice' in each ? each.choice : {};
  switch (origin.from) {
    case 'account':
      return id === `gcloud:${origin.named}`;
    case 'gcloud':
      return id === `gcloud:${credentials.by?.base.email ?? credentials.email ?? ''}`;
    case 'token-file':
      return choice.accessTokenFile === resolve(here.cwd, origin.named);
    case 'attached':
      return id === 'attached';
    case 'file':
    case 'adc-variable':
    case 'adc-file':
      return choice.credentialsFile === fileOf(origin, here);
  }
}

function otherOf(
  { id, label, columns = [], ...each }: Sighting,
  found: FoundCredentials | undefined,
  flags: WhoFlags,
  here: Here,
): Other {
  const where = columns.join(', ');
  if ('unavailable' in each) return { label, where, why: each.unavailable };
  const { credentialsFile, accessTokenFile, account } = each.choice;
  const path = (file: string) => readablePath(file, here).replace(/^~/u, '$HOME');
  const take =
    credentialsFile !== undefined
      ? `--credentials=${path(credentialsFile)}`
      : accessTokenFile !== undefined
        ? `--access-token-file=${path(accessTokenFile)}`
        : account !== undefined
          ? `--account=${account}`
          : undefined;
  return { label, where, why: whyNotTaken(id, found, flags, here), ...(take !== undefined && { take }) };
}

/** The order in which Google's own tools look, and iamready with them, where nothing is named. */
const order = ['adc-variable', 'adc-file', 'gcloud', 'attached'] as const;
const first: Readonly<Record<string, string>> = {
  'adc-variable': 'GOOGLE_APPLICATION_CREDENTIALS comes before it',
  'adc-file': 'application default credentials come before it',
  gcloud: "gcloud's active account comes before it",
};

function whyNotTaken(id: string, found: FoundCredentials | undefined, flags: WhoFlags, here: Here): string {
  if (id.startsWith('file:')) return 'a key that lies on this machine is taken only where it is named';
  const from = found?.origin.from;
  if (from === undefined)
    return here.endpoint === undefined
      ? 'what was named does not work'
      : `nothing is sent to ${here.endpoint} that is not named`;
  if (!order.some((each) => each === from)) {
    const typed =
      flags.credentials !== undefined
        ? '--credentials'
        : flags.account !== undefined
          ? '--account'
          : undefined;
    const named =
      typed ??
      (flags.accessTokenFile === here.env['IAMREADY_ACCESS_TOKEN_FILE']
        ? 'IAMREADY_ACCESS_TOKEN_FILE'
        : '--access-token-file');
    return `${named} names other credentials, and only those are taken`;
  }
  if (id.startsWith('gcloud:') && from === 'gcloud') return "it is not gcloud's active account";
  return first[from] ?? 'other credentials come before it';
}
