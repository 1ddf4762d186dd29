import type { Answer } from '../../wizard/question.ts';
import type { Suggestion } from '../conversation.ts';

/** Answers questions by itself, after the time that people need to read them, until a person takes over. */
export interface Autopilot {
  /** True once a person took over: whatever is suggested from then on is ignored. */
  readonly over: boolean;
  /** Will give this answer after `afterMs`, in place of what it was about to give. */
  suggest(suggestion: Suggestion, answer: (answer: Answer) => void): void;
  /** The question is gone. */
  cancel(): void;
  /**
   * A key was pressed. True if that ended the autopilot, and is all that the key was for: from the first suggestion on,
   * also between questions, because what is watched is to be stopped by any key.
   */
  pressed(): boolean;
}

/** @param tookOver told once, when a person takes over. */
export function createAutopilot(tookOver: () => void): Autopilot {
  let state: 'unused' | 'flying' | 'over' = 'unused';
  let timer: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    get over() {
      return state === 'over';
    },
    suggest(suggestion, answer) {
      cancel();
      if (state === 'over') return;
      state = 'flying';
      timer = setTimeout(() => answer(suggestion.answer), suggestion.afterMs);
    },
    cancel,
    pressed() {
      if (state !== 'flying') return false;
      cancel();
      state = 'over';
      tookOver();
      return true;
    },
  };
}
