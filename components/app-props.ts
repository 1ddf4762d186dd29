import type { Answer } from '../src/wizard/question.ts';
import type { Marks } from './theme.ts';
import type { View } from './view.ts';

/** Where the view comes from. `view()` gives the same value until something changed (React's external store). */
export interface ViewStore {
  view(): View;
  subscribe(changed: () => void): () => void;
}

export interface AppProps {
  store: ViewStore;
  /** Glyphs, or their ASCII twins. */
  marks: Marks;
  /** False: tones are told by words and glyphs only. */
  colour: boolean;
  /** Now, in ms, on the clock of the view's spans. */
  clock: () => number;
  /** The answer to the open question. */
  answer: (answer: Answer) => void;
  /** The person wants out while no question is open. */
  interrupt: () => void;
  /** Puts a text on the clipboard, as far as the terminal can. */
  copy: (text: string) => void;
  /** Any key was pressed (a demo that plays itself stops then). True: that is all this key was for. */
  pressed?: () => boolean;
  /** Instead of the terminal's own size; for tests and pictures. */
  size?: { columns: number; rows: number };
}
