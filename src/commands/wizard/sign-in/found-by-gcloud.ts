import { CredentialsError } from '../../../google/credentials.ts';
import { gcloudAccounts, type GcloudAccount } from '../../../google/credentials/gcloud.ts';
import { printable } from '../../../print/printable.ts';
import type { Place, Sighting } from './source.ts';
import { whyNot } from './why-not.ts';

/** What gcloud tells: its accounts, or that there is no gcloud here. */
export interface FoundByGcloud {
  sightings: readonly Sighting[];
  missing: boolean;
}

/** The accounts that gcloud is logged in with, the active one first. Never throws for what gcloud does. */
export async function findGcloudAccounts(place: Place): Promise<FoundByGcloud> {
  try {
    const accounts = await gcloudAccounts(place.env, place.signal);
    return { sightings: accounts.map((each) => sightingOf(each, place.endpoint)), missing: false };
  } catch (error) {
    if (error instanceof CredentialsError && error.kind === 'gcloud-missing')
      return { sightings: [], missing: true };
    const unavailable = printable(whyNot(error));
    return {
      sightings: [{ id: 'gcloud', label: "gcloud's accounts", columns: ['gcloud'], unavailable }],
      missing: false,
    };
  }
}

function sightingOf({ account, active }: GcloudAccount, endpoint: string | undefined): Sighting {
  const label = printable(account);
  return {
    id: `gcloud:${account}`,
    label,
    columns: ['gcloud', active ? 'active account' : 'other account'],
    detail:
      endpoint === undefined
        ? `Calls are made as ${label}; gcloud gives the tokens.`
        : `An access token of ${label}, which Google takes too, is sent to ${endpoint}: choose it only if you trust who runs that.`,
    choice: { account },
  };
}
