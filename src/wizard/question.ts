import type { Preflight } from './preflight.ts';
import type { Problem } from './problem.ts';
import type { Plan } from './runner.ts';
import type { Change } from './step.ts';

/** One thing to choose. */
export interface Option {
  id: string;
  label: string;
  /** More about it, in columns of their own: a name, a number, a state. */
  columns?: readonly string[];
  /** Shown while it has the focus; two sentences at most. */
  detail?: string;
  /** Why it cannot be chosen: then it is shown, and passed over. */
  unavailable?: string;
  /** Always shown, whatever is typed to filter: "type an ID", "create a project". */
  pinned?: true;
}

/** What every question has. */
interface Asked {
  /** Stable, for tests and for faces that keep the place: "sign-in", "profile", "project", "plan", "step:role", … */
  id: string;
  /** Where in the rail it belongs: "sign-in", "profile", or the ID of a step. */
  at: string;
  title: string;
  /** What it is for, two sentences at most. */
  why: string;
  /** The flag that answers it where nobody can. */
  flag: string;
  /** False at a wall: there is nothing to go back to. */
  canGoBack: boolean;
  /** What just happened or was found out, worth reading first. */
  notes?: readonly Note[];
}

export interface Note {
  tone: 'note' | 'attention';
  text: string;
}

/** Choose one of a list that may still grow; typing filters it where `filter` is set. */
export interface ChoiceQuestion extends Asked {
  kind: 'choice';
  options: readonly Option[];
  filter: boolean;
  /** What the options are, for the reader: "project", "profile". */
  noun: string;
  /** More options are on their way. */
  loading: boolean;
  /** A text that is there to be taken away, such as a message; it is among the notes, too. */
  copy?: string;
  /** Focused at first; the first that can be chosen, where absent. */
  initial?: string;
}

/** Type something; it is checked as it is typed. */
export interface TextQuestion extends Asked {
  kind: 'text';
  /** What is typed, for a label: "project ID". */
  noun: string;
  value: string;
  /** What is wrong with it, in words that name the remedy. Pure; called at every key. */
  check(text: string): string | undefined;
  /** The same for what only the cloud can tell. Called for the text that stands; `signal` ends a call that is out of date. */
  confirm?(text: string, signal: AbortSignal): Promise<string | undefined>;
}

/** One permission, or another single thing that a step is about, with its reason. */
export interface Detail {
  name: string;
  why: string;
}

/** The one question before the first write. */
export interface PlanQuestion extends Asked {
  kind: 'plan';
  plan: Plan;
  /** True if the names in it can be edited. */
  editable: boolean;
  /** It can be written to a file, for somebody else to carry out. */
  writable?: true;
  /** Below the plan: what stays as it is, about how long it takes, what cannot be taken back. */
  foot: readonly string[];
  /** What taking it back means, once it is done. */
  undo?: string;
}

/** One step before it acts, for a person who goes step by step. */
export interface StepQuestion extends Asked {
  kind: 'step';
  step: string;
  changes: readonly Change[];
  /** True if a name in it can be edited. */
  editable: boolean;
}

/** Something went wrong, or stands in the way. */
export interface ProblemQuestion extends Asked {
  kind: 'problem';
  problem: Problem;
  /** What else stands in the way, each in a line. */
  others: readonly string[];
  /** What the person may not do of the plan, and who may, where that is what stands in the way. */
  preflight?: Preflight;
  /** "retry", "skip", "sign-in", "leave" and what else fits. */
  options: readonly Option[];
}

export type Question = ChoiceQuestion | TextQuestion | PlanQuestion | StepQuestion | ProblemQuestion;

/**
 * What a person answers. A choice and a problem: `chosen`. A text: `typed`. A plan: `yes`, `step-by-step`, `write-plan`,
 * `edit` or `no`. A step: `yes`, `edit` or `no` (go on without it). Any where it can: `back`. Always: `leave`.
 */
export type Answer =
  | { kind: 'chosen'; id: string }
  | { kind: 'typed'; text: string }
  | { kind: 'yes' }
  | { kind: 'step-by-step' }
  | { kind: 'write-plan' }
  | { kind: 'edit' }
  | { kind: 'no' }
  | { kind: 'back' }
  | { kind: 'leave' };
