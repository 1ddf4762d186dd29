import type { ExitName } from '../wizard/exit-codes.ts';
import type { Problem } from '../wizard/problem.ts';
import type { Preflight } from '../wizard/preflight.ts';
import type { Plan } from '../wizard/runner.ts';
import type { Session, SessionEvent, Standing } from '../wizard/session.ts';

/** The commands that are runs of steps. */
export type Command = 'setup' | 'check' | 'repair' | 'undo' | 'rotate' | 'apply';

/** What a run is about, known before anything is looked at. */
export interface Scene {
  command: Command;
  profile: { name: string; title: string };
  project: string;
  email: string;
  keyFile: string;
  /** The operator, as far as known. */
  operator: string;
  /** Set where the cloud at the other end is not Google's: always shown. */
  endpoint?: string;
  /** A command about the same, as a shell takes it: "iamready check --profile=NAME --project=ID". Asked for at the end. */
  again: (command: Command | 'report') => string;
  steps: readonly { id: string; title: string; why: string }[];
  next: readonly string[];
  /** The profile names variables for an env file, and none was chosen. */
  offersEnvFile?: true;
  dryRun: boolean;
  /** What a person should know before anything else, such as a journal that could not be read. */
  notices: readonly string[];
  /** The cloud and the key are gone when this run ends. */
  demo: boolean;
}

/** How programs sign in as the account without a key: a label and what to do, in lines to copy; and the same for programs. */
export interface KeylessUse {
  kind: 'impersonation' | 'github' | 'attached';
  label: string;
  /** What the lines are, where they are not said by the label alone. */
  intro?: string;
  lines: readonly string[];
  /** A file that was made for it. */
  file?: string;
  /** The full name of the provider that lets workflows in. */
  provider?: string;
}

/** How a run ended. */
export interface Outcome {
  session: Session;
  status: Standing['status'];
  exit: ExitName;
  /** The flag that gives the answer nobody was there to give. */
  missingFlag?: string;
  elapsedMs: number;
  /** What a person chose to go on without, and why it could not be. */
  leftOut?: readonly { title: string; problem: Problem }[];
  /** The journal names something that `undo` would take away. */
  undoable?: boolean;
  /** How programs sign in as the account, where that is without a key. */
  keyless?: KeylessUse;
  /** What the operator may not do of it, and who may. */
  preflight?: Preflight;
  /** The plan was written there, and nothing else was done. */
  planFile?: PlanWritten;
}

/** A plan in a file, and the command that carries it out. */
export interface PlanWritten {
  file: string;
  apply: string;
}

/** How a run meets its user. Every face draws the same session. */
export interface Face {
  begin(scene: Scene): void;
  /** What the run is about has changed on the way, as after another choice: nothing is told of it anew. */
  changed(scene: Scene): void;
  event(event: SessionEvent, session: Session): void;
  /**
   * `going`: it is about to be done, or asked about; else it is only shown.
   * @param more what it does not say itself, such as every permission of a role
   */
  plan(plan: Plan, going: boolean, more?: readonly string[]): void;
  end(outcome: Outcome): void;
  /** A run that never became a session. */
  problem(problem: Problem): void;
}
