import type { Change } from './step.ts';

/** A permission that the operator lacks on one resource, and what of the plan that stops. */
export interface Lack {
  permission: string;
  /** The resource, exact: "project/acme-video", "bucket/acme-reports". */
  place: string;
  /** As people call it: "the project acme-video". */
  called: string;
  stops: readonly Change[];
}

/** The roles of Google's that hold what is missing on one resource. */
export interface Remedy {
  place: string;
  called: string;
  permissions: readonly string[];
  /** The smallest that holds all of it; absent where none does. */
  role?: Offered | undefined;
  /** Smaller ones that hold it together, where that one is a basic role or there is none. */
  together: readonly Offered[];
  /** What no role of Google's holds. */
  heldByNone: readonly string[];
  /** Commands for an administrator: the narrowest roles of the above, for the operator. */
  gcloud: readonly string[];
}

/** A role that could be granted. */
export interface Offered {
  role: string;
  title: string;
  /** How many permissions it gives that are not missing. */
  extra: number;
}

/** Somebody who may grant it, or do it themselves. */
export interface Asked {
  /** As policies name them: "user:ada@acme.com", "group:platform@acme.com". */
  member: string;
  /** Which role makes them the one to ask, and on what. */
  role: string;
  place: string;
  called: string;
}

/** What the operator may do, held against one plan, before anything of it is done. */
export interface Preflight {
  operator: string;
  project: string;
  lacks: readonly Lack[];
  remedies: readonly Remedy[];
  ask: readonly Asked[];
  /** What can be done all the same, by step. */
  possible: readonly { step: string; title: string; changes: readonly Change[] }[];
  /** What it comes to, in a sentence. */
  head: string;
  /** What the report says of it, in order: a label, and a line each. */
  told: readonly { label: string; lines: readonly string[] }[];
  /** A message to send, ready: one line each, not wrapped. */
  message: readonly string[];
}
