/** What of a hand-over was found in the cloud, so that a tool can take it over rather than make it. */
export interface Standing {
  /** Services that are on. */
  readonly services: readonly string[];
  readonly role: boolean;
  /** What others have added to the role. */
  readonly extra: readonly string[];
  readonly account: boolean;
  /** For each grant of the hand-over, whether it is there. */
  readonly grants: readonly boolean[];
  /** Whether those who sign in without a key may act as the account. */
  readonly access: boolean;
  readonly pool: boolean;
  readonly provider: boolean;
}

/** Nothing was looked up, or nothing is there. */
export const nothingStands: Standing = {
  services: [],
  role: false,
  extra: [],
  account: false,
  grants: [],
  access: false,
  pool: false,
  provider: false,
};
