/** A text with other line ends, and the way back from a place in it to the same place in the text as it was. */
export interface Unified {
  readonly text: string;
  /** @param offset - in `text` */
  readonly original: (offset: number) => number;
}

/**
 * Removes carriage returns, and keeps count of where they stood.
 * @param pattern - global; finds one carriage return a match
 */
export function withoutReturns(text: string, pattern: RegExp): Unified {
  const gone = Array.from(text.matchAll(pattern), ({ index }, before) => index - before);
  return {
    text: text.replace(pattern, ''),
    original(offset) {
      let low = 0;
      let high = gone.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((gone[middle] ?? 0) <= offset) low = middle + 1;
        else high = middle;
      }
      return offset + low;
    },
  };
}
