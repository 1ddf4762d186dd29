import type { Detail } from './question.ts';

/** What is being made, where, and as whom: on every screen, as far as it is known. */
export interface Header {
  /** "Remotion Cloud Run". */
  profile?: string;
  project?: string;
  /** Who is signed in. */
  operator?: string;
  /** Set where the cloud at the other end is not Google's: "simulated", or the endpoint. */
  badge?: string;
}

/** One step as a person reads about it. */
export interface StepCard {
  id: string;
  title: string;
  /** What it does and why, two sentences at most. */
  why: string;
  /** What taking it back means, or why it cannot be. */
  undo: string;
  /** The single things it is about, such as every permission with its reason. */
  details: readonly Detail[];
}
