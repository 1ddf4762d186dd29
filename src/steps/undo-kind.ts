import type { AnyStep } from '../wizard/attempt.ts';
import type { Made } from '../wizard/step.ts';
import type { Goal, Tools } from './goal.ts';
import type { Given } from './undo-step.ts';

/** One kind of thing that runs make, and the step that takes it away. */
export interface UndoKind {
  /** What the journal calls it: `what/did`. */
  kind: string;
  /** The step's ID is this after `undo-`. */
  id: string;
  /** What belongs to one step; by the name alone, where absent. */
  groupOf?: (made: Made) => string;
  step: (given: Given) => AnyStep<Tools, Goal>;
}
