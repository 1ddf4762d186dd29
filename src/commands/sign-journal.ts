import type { Cloud } from '../google/cloud.ts';
import { CredentialsError } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import type { Journal } from '../wizard/journal.ts';

/**
 * Lets the journal keep by whose hand things are made, as far as Google tells whose the token is. Where there is no answer,
 * they are made all the same, and nobody is named.
 */
export async function signJournal(journal: Journal, cloud: Pick<Cloud, 'whose'>): Promise<void> {
  try {
    const by = await cloud.whose();
    if (by !== undefined) journal.sign(by);
  } catch (error) {
    if (!isCloudError(error) && !(error instanceof CredentialsError)) throw error;
  }
}
