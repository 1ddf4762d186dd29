import type { Cloud } from '../google/cloud.ts';
import type { CloudError } from '../google/errors.ts';
import type { Condition } from '../google/policy.ts';
import type { OnQuotaWait } from '../google/quota-wait.ts';
import type { Spot } from '../steps/spot.ts';

/** A permission that the account lacks, and the resource on which it was asked for it. */
export interface Lacking {
  name: string;
  spot: Spot;
}

/** A role that the account is to have, and on what. */
export interface WantedLine {
  /** Its full name. */
  role: string;
  spot: Spot;
  condition?: Condition | undefined;
  /** The permissions that it is to bring; absent: whatever the role holds. */
  brings?: ReadonlySet<string>;
}

/** The key that the account is signed in with. */
export interface HeldKey {
  id: string;
  file: string;
}

/** Gives the name of a predefined role that holds all of these; nothing where none does. */
export type SmallestRole = (permissions: readonly string[], on: Spot['kind']) => Promise<string | undefined>;

/** Whom a diagnosis is about, what it lacks, and who may look. */
export interface Subject {
  project: string;
  /** Of the account. */
  email: string;
  /** Who looks, the likeliest to be allowed to first: the operator, then the account itself. */
  observers: readonly [Cloud, ...Cloud[]];
  /** All that it was asked for, also what it has. */
  asked: readonly string[];
  lacking: readonly Lacking[];
  /** Those that Google took for none of a project: what it said. */
  invalid: readonly { name: string; said: string }[];
  /** What the profile grants the account; none where there is no profile. */
  lines: readonly WantedLine[];
  /** APIs that the account's program needs. */
  services: readonly string[];
  /** Why the account could not sign in, or could not be asked; absent: it could. */
  refusal?: CloudError | undefined;
  key?: HeldKey | undefined;
  /** The unique ID of the account that an earlier run left. */
  uniqueId?: string | undefined;
  /** The command of ours that mends what the profile asks for. */
  repair?: string | undefined;
  /** The permissions that it mends. */
  mends: ReadonlySet<string>;
  /** Finds the smallest predefined role that holds these and can be granted there; absent: nobody knows the roles. */
  smallestRole?: SmallestRole;
  /** Told before it waits for the next minute's reads of deny policies. */
  onWait?: OnQuotaWait;
}
