import { createContext, use, type RefObject } from 'react';
import type { Answer } from '../src/wizard/question.ts';
import type { Layout } from './layout.ts';
import type { Marks } from './theme.ts';
import type { View } from './view.ts';

/** Who is given the keys: the frame that is on the screen. */
export interface KeyTaker {
  /** True if it takes text. */
  typing: boolean;
  key(name: string): void;
  paste(text: string): void;
}

/** What every part of the screen may use. */
export interface Stage {
  view: View;
  layout: Layout;
  marks: Marks;
  colour: boolean;
  /** True if the screen is read aloud. */
  spoken: boolean;
  clock: () => number;
  /** Answers the question that is drawn; once. */
  answer: (answer: Answer) => void;
  /** Leaves: as an answer where a question is open, else by an interrupt. */
  leave: () => void;
  copy: (text: string) => void;
  /** Shown until the next key. */
  notice: string | undefined;
  keys: RefObject<KeyTaker | undefined>;
}

export const StageContext = createContext<Stage | undefined>(undefined);

/** @throws Error outside of `App`. */
export function useStage(): Stage {
  const stage = use(StageContext);
  if (stage === undefined) throw new Error('there is no stage outside of App');
  return stage;
}
