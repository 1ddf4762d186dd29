/** What was looked at, and what of it. A `remedy` says that a person must act. */
export interface Check {
  name: string;
  text: string;
  remedy?: string;
}

/** Checks of one kind, under one title. */
export interface Checks {
  title: string;
  checks: readonly Check[];
}

export const isWell = ({ remedy }: Check): boolean => remedy === undefined;
