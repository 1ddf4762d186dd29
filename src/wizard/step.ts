import type { Journal } from './journal.ts';
import type { Problem } from './problem.ts';

/** Something a look found, worth a line: `note` is plain, `attention` wants to be read. */
export interface Fact {
  tone: 'note' | 'attention';
  text: string;
  /** Only a person decides this: it is left as found unless they give this flag. */
  flag?: string;
}

/** One thing that a step tests by itself, such as a permission. */
export interface Check {
  name: string;
  ok: boolean;
  /** What stands in its way, and what mends that, where it was found out. */
  cause?: string;
  remedy?: string;
}

/** What a step waits for, in words that follow "waiting for". */
export interface Waiting {
  waitingFor: string;
  done?: number;
  total?: number;
}

/** One difference between what the profile wants and what the cloud has, and what would mend it. */
export interface Change {
  sign: '+' | '~' | '-';
  /** What kind of thing: "service", "role", "account", "grant", "key", "permission", "sign-in". */
  what: string;
  /** The thing itself, exact and copyable. */
  name: string;
  from?: string;
  to?: string;
  /** Why it matters, for a person. */
  why: string;
  /** Where the wanted value came from: "asked by the profile", "you gave --role-id". */
  source: string;
  /** Somebody else has decided otherwise: whoever is asked about the plan should know. */
  asks?: true;
  /** The gcloud command that does the same; absent where nothing in the cloud changes. */
  gcloud?: string;
  /** IAM permissions that the operator needs on the project to mend it. */
  requires: readonly string[];
  /** The same for another resource, where it is decided on that itself. */
  requiresAt?: Requirement;
  /** Nothing could be seen yet, so what was found is an assumption. */
  assumed?: true;
}

/** Permissions on one resource. */
export interface Requirement {
  /** The resource, exact: "bucket/acme-reports". */
  place: string;
  /** As people call it: "the bucket acme-reports". */
  called: string;
  permissions: readonly string[];
}

/** What an act left behind, for the journal: enough to recognise stale reads and to undo, never a secret. */
export type Evidence = Readonly<Record<string, string>>;

/**
 * One thing that an act of ours made or changed, as `undo` finds it again. `did` is the verb: "created", "enabled",
 * "granted"; `name` is exact, as the API knows it. Never a secret.
 */
export interface Made {
  what: string;
  did: string;
  name: string;
  evidence: Evidence;
}

/** What one act is about: the want, what was last seen, and the approved changes. */
export interface Work<Wanted, Seen> {
  wanted: Wanted;
  seen: Seen;
  changes: readonly Change[];
  journal: Journal;
  signal: AbortSignal;
}

/** How a step settles: reads in a row that must agree, how long that usually takes and when to give up (ms). */
export interface Settling {
  agree: number;
  usuallyMs: number;
  patienceMs: number;
}

/**
 * One step. `Tools` is all that it may reach (a cloud, folders); `Goal` is what the run is for (profile and answers).
 * It knows nothing of screens.
 */
export interface Step<Wanted, Seen, Tools, Goal> {
  id: string;
  title: string;
  /** What it does and why, for a person; two sentences at most. */
  why: string;
  /** What taking it back means, for a person; or that there is nothing to take back. */
  undo: string;
  /** Steps that must be ready before this one acts. */
  needs: readonly string[];
  settling: Settling;
  want(goal: Goal): Wanted;
  /** Reads only. Throws ProblemError where nothing can be seen. */
  look(tools: Tools, wanted: Wanted, journal: Journal): Promise<Seen>;
  /** Pure. Nothing means: as wanted. */
  compare(wanted: Wanted, seen: Seen): Change[];
  facts(wanted: Wanted, seen: Seen): Fact[];
  /** What differs is asked for, and never a surprise: it is not read again before it is believed. */
  asked?: true;
  /** True if this reading is provably older than our own last write, so that it says nothing. */
  stale?(seen: Seen, evidence: Evidence): boolean;
  /**
   * True if nothing could be seen yet, because an earlier step of this run must act first; what was compared is then
   * an assumption, and it is looked at again before acting.
   */
  unseen?(seen: Seen): boolean;
  /**
   * What the act will leave that can be taken back, told before it acts: it goes into the journal with the intent, so that
   * a run that dies in between is not forgotten. What the act gives as evidence is added to each.
   */
  makes?(wanted: Wanted, seen: Seen): Made[];
  /**
   * What an act that was interrupted before it could report has left, told from what is seen now that all is as wanted;
   * undefined where that was somebody else's doing.
   */
  evidence?(wanted: Wanted, seen: Seen, intent: Evidence): Evidence | undefined;
  /** True if this failure means that nothing was done, since somebody else has just made the same thing, or may have. */
  foreign?(error: unknown): boolean;
  /** It writes its intent by itself, right before the one act that cannot be repeated safely. */
  intends?: true;
  /** Makes the changes. Safe to repeat, or journalled first. Gives nothing where nothing of it is to be remembered. */
  act(tools: Tools, work: Work<Wanted, Seen>): Promise<Evidence | undefined>;
  /** All was found as wanted before anything was done: what the journal has to learn from that. */
  foundSo?(wanted: Wanted, seen: Seen, journal: Journal): Promise<void>;
  /** True if this failure is one that passes by itself, given the steps that acted in this run, and changed nothing. */
  passing?(error: unknown, acted: ReadonlySet<string>): boolean;
  /** What settling waits for, and how far it is. */
  waiting(wanted: Wanted, seen: Seen | undefined): Waiting;
  /** The single things that it tests, where there are any. */
  checks?(wanted: Wanted, seen: Seen): Check[];
  /**
   * Finds out why it is not as wanted, which may take many reads: called where somebody is told, and not while all may still
   * come by itself. Gives what was seen, with what was found out.
   */
  explain?(tools: Tools, wanted: Wanted, seen: Seen, journal: Journal): Promise<Seen>;
  /** True if what was found out does not pass by itself, so that waiting for it is in vain. */
  inVain?(seen: Seen): boolean;
  /** What to tell a person when settling took too long, or an act failed. */
  problem(error: unknown, wanted: Wanted, seen: Seen | undefined): Problem;
}
