import type { Unclosed } from './shell-word.ts';

/** One variable that a reader of env files finds in a text. Offsets count UTF-16 units from the start of the text. */
export interface Assignment {
  readonly name: string;
  /** Undefined where it depends on more than the file, as `$HOME` does. */
  readonly value: string | undefined;
  /** Where its name begins. */
  readonly from: number;
  /** Where its value ends, quotes included and a comment left out. */
  readonly to: number;
}

/** What a reader makes of a whole text. */
export interface Reading {
  readonly found: readonly Assignment[];
  /** Where a quote, bracket or escape opens that nothing closes. */
  readonly open?: Unclosed;
  /** Where first something stands at which the reader may give the whole file up. */
  readonly odd?: number;
}

/** The value that a reader ends up with: the last one wins. Undefined if it finds none or cannot tell. */
export function valueOf(name: string, { found }: Reading): string | undefined {
  return found.findLast((each) => each.name === name)?.value;
}
