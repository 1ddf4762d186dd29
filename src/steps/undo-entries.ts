import type { Journal } from '../wizard/journal.ts';
import type { Evidence, Made } from '../wizard/step.ts';

/** One thing that a run made, or was about to make when it was interrupted. */
export interface Trace {
  /** The very entry of the journal, by which it is forgotten. */
  made: Made;
  /** The step that made it. */
  step: string;
  /** Made as far as the journal knows; false: a run died on the point of it. */
  sure: boolean;
  /** When, by the clock of this machine. */
  at: Date;
  /** What is known of it, from the act or from before it. */
  evidence: Evidence;
}

/** All that runs made or may have made, the oldest first; what an interrupted run was about to make comes last. */
export function tracesOf(journal: Journal): Trace[] {
  const made = journal.made.map((entry): Trace => {
    const { step, at, evidence } = entry;
    return { made: entry, step, sure: true, at: new Date(at), evidence };
  });
  const begun = journal.intended.flatMap((step) => {
    const intent = journal.intent(step);
    if (intent === undefined) return [];
    return intent.making.map((making): Trace => {
      const evidence = { ...intent.evidence, ...making.evidence };
      return { made: making, step, sure: false, at: new Date(intent.at), evidence };
    });
  });
  return [...made, ...begun];
}

/** "role/created": what kind of thing it is, and what was done to it. */
export function kindOf({ made }: Trace): string {
  return `${made.what}/${made.did}`;
}

/** The permissions, key IDs or words that evidence holds in one text. */
export function wordsIn(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(' ');
}
