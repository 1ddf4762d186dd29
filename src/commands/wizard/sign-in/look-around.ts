import { findAttached } from './attached.ts';
import { findGcloudAccounts } from './found-by-gcloud.ts';
import { findKeptKeys, findKeysHere } from './key-files.ts';
import { findApplicationDefault, findTokenFile } from './named-files.ts';
import type { Place, Sighting } from './source.ts';

/** What is known of the ways to sign in. */
export interface Surroundings {
  /** In the order in which they are shown, the likeliest first. */
  sightings: readonly Sighting[];
  /** Undefined until it is known. */
  gcloudMissing?: boolean;
  /** More may come. */
  looking: boolean;
}

/**
 * Looks for every way to sign in, side by side, and tells what is known after each discovery. The account attached to this
 * machine comes last, and only where there is nothing else: gcloud lists it too, and what asks for it takes long to load.
 * @returns when nothing more will come
 */
export async function lookAround(place: Place, tell: (known: Surroundings) => void): Promise<void> {
  const found: (readonly Sighting[])[] = [];
  let gcloudMissing: boolean | undefined;
  const known = (looking: boolean): Surroundings => ({
    sightings: withoutRepeats(found.flat()),
    ...(gcloudMissing === undefined ? {} : { gcloudMissing }),
    looking,
  });
  const put = (at: number, sightings: readonly Sighting[]): void => {
    found[at] = sightings;
    tell(known(true));
  };
  await Promise.all([
    findTokenFile(place).then((sightings) => put(0, sightings)),
    findApplicationDefault(place).then((sightings) => put(1, sightings)),
    findGcloudAccounts(place).then(({ sightings, missing }) => {
      gcloudMissing = missing;
      put(2, sightings);
    }),
    findKeysHere(place).then((sightings) => put(3, sightings)),
    findKeptKeys(place).then((sightings) => put(4, sightings)),
  ]);
  if (!known(true).sightings.some((each) => 'choice' in each) && !place.signal.aborted)
    found[5] = await findAttached(place);
  tell(known(false));
}

/** One file may be named by a variable and lie in the current folder: it is shown once. */
function withoutRepeats(sightings: readonly Sighting[]): readonly Sighting[] {
  const files = new Set<string>();
  return sightings.filter((each) => {
    const file = 'choice' in each ? each.choice.credentialsFile : undefined;
    if (file === undefined) return true;
    if (files.has(file)) return false;
    files.add(file);
    return true;
  });
}
