import type { Command } from '../faces/face.ts';
import type { Profile } from '../profile/profile.ts';
import type { Goal, Tools } from '../steps/goal.ts';
import type { AnyStep } from '../wizard/attempt.ts';
import type { Journal } from '../wizard/journal.ts';
import type { Detail } from '../wizard/question.ts';
import type { Plan } from '../wizard/runner.ts';
import type { Session } from '../wizard/session.ts';
import type { PlanPlace } from './plan-place.ts';
import type { Earlier } from './wizard/earlier.ts';

/** What a command has its steps do, whoever answers: which steps, and what they take. */
export interface Errand {
  command: Command;
  /** The steps to take. Asked anew only where the goal has changed. */
  stepsFor(goal: Goal, journal: Journal): readonly AnyStep<Tools, Goal>[];
  /** Permissions that they may need of the operator, besides those to look. */
  permissions: readonly string[];
  /** What a person should know of this journal before anything else, in sentences. */
  notices?(journal: Journal): readonly string[];
  words: Words;
  /** Whether a person may change the names in the plan. */
  editable: boolean;
  /** Told of all that was looked at, before anything is asked. @throws ProblemError where it must not go on */
  looked?(session: Session, goal: Goal, tools: Tools): Promise<void>;
  /** What whoever is asked about the plan should read besides, in lines. */
  more?(goal: Goal): readonly string[];
  /** The plan that it carries out. */
  plan?: PlanPlace;
  /** Who chose what it is given: "asked by the plan". Then nothing counts that an earlier run was told. */
  chosenBy?: string;
  /** Done once it was approved, before anything else is. */
  approved?(): Promise<void>;
  /** The single things that a step is about, by its ID. */
  details?(profile: Profile): Readonly<Record<string, readonly Detail[]>>;
  /** How what earlier runs left is offered; absent: a person can begin anew as well. */
  resumes?: Resuming;
}

/** What people read who are asked about it. */
export interface Words {
  /** The plan's title: one or two sentences. */
  plan(project: string): string;
  /** What a yes does. */
  why: string;
  /** What stands before the steps that are done, for somebody who left: "Done, and kept". */
  done: string;
  /** What taking it back means, once it is done. */
  undo: string;
  /** Below the plan: what stays, how long it takes, what cannot be taken back. */
  foot(plan: Plan, session: Session, usualMs: number): string[];
}

/** How an errand that goes on from an earlier run asks for one. */
export interface Resuming {
  title: string;
  why: string;
  /** The command, and the word for it: "undo". */
  label: string;
  detail(run: Earlier): string;
  /** Why this one cannot be chosen. */
  unavailable?(run: Earlier): string | undefined;
}
