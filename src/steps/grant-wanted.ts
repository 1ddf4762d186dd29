import type { Policy } from '../google/policy.ts';
import type { Place } from '../profile/place.ts';
import type { MadeEntry } from '../wizard/journal.ts';
import type { GrantLine } from './grant-lines.ts';
import type { Spot } from './spot.ts';

/** What is to be granted on one resource. */
export interface WantedGrants {
  project: string;
  /** The account's address, and how policies name it. */
  email: string;
  member: string;
  place: Place;
  lines: readonly GrantLine[];
  turnedOn: readonly string[];
}

export interface SeenGrants {
  unseen: boolean;
  /** What it is granted on; absent while that cannot be told. */
  spot: Spot | undefined;
  policy: Policy;
  /** Of accounts of this name that were deleted. */
  dead: readonly DeadGrant[];
  /** Of the server's clock. */
  now: Date;
}

/** A grant of our role to an account of this name that was deleted: it gives nobody anything. */
export interface DeadGrant {
  /** The role's full name. */
  role: string;
  /** As the policy names it: `deleted:serviceAccount:EMAIL?uid=UNIQUE_ID` (recorded). */
  member: string;
  uniqueId: string;
  /** What the journal knows of it, where a run of ours made it; else it is not ours to remove. */
  entry: MadeEntry | undefined;
}
