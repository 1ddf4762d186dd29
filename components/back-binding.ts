import type { Answer, Question } from '../src/wizard/question.ts';
import type { Binding } from './binding.ts';

/** Escape goes back, where there is something to go back to. */
export function backBinding({ canGoBack }: Question, answer: (answer: Answer) => void): readonly Binding[] {
  return canGoBack ? [{ keys: ['escape'], label: 'back', act: () => answer({ kind: 'back' }) }] : [];
}
