import type { ViewStore } from '../../../components/app-props.ts';
import type { Answer } from '../../wizard/question.ts';
import type { Conversation, Opening } from '../conversation.ts';
import { createAutopilot } from './autopilot.ts';
import {
  createStore,
  withAutopilot,
  withBusy,
  withoutQuestion,
  withQuestion,
  withSession,
  withUpdate,
} from './store.ts';

/** A conversation without a terminal: what the wizard says to it, and what a screen needs of it. */
export interface Dialogue {
  /** What the wizard says. */
  readonly said: Omit<Conversation, 'handOver' | 'close'>;
  readonly store: ViewStore;
  /** The answer to the open question; ignored where none is open. */
  answer: (answer: Answer) => void;
  /** The person wants out: leaves the open question, or ends the run. */
  leave: () => void;
  /** A key was pressed. True: it took over from the autopilot, and that is all it was for. */
  pressed: () => boolean;
  /** Nothing can be shown any more: whoever asks is told why, and the run ends. */
  fail: (error: unknown) => void;
  /** Stops all that would happen by itself. @returns the failure that nobody was told of yet. */
  end: () => { error: unknown } | undefined;
}

interface Open {
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/** @param clock now, in ms: what `spans` and `busy` are measured with. */
export function openDialogue(opening: Opening, clock: () => number): Dialogue {
  const store = createStore();
  let open: Open | undefined;
  let failure: { error: unknown; told: boolean } | undefined;
  const autopilot = createAutopilot(() => {
    store.change((view) => withAutopilot(view, false));
    opening.tookOver();
  });

  function answer(given: Answer): void {
    open?.resolve(given);
  }

  const said: Dialogue['said'] = {
    header: (header) => store.change((view) => ({ ...view, header })),
    steps: (steps) => store.change((view) => ({ ...view, steps })),
    busy: (what) => store.change((view) => withBusy(view, what, clock())),
    narrate: (text) => store.change((view) => ({ ...view, narration: text })),
    session: (session, event) => store.change((view) => withSession(view, session, event, clock())),
    update: (question) => store.change((view) => withUpdate(view, question)),
    async ask(question, signal, suggestion) {
      if (open) throw new Error(`"${question.id}" is asked while another question is open`);
      signal.throwIfAborted();
      if (failure) {
        failure.told = true;
        throw failure.error;
      }
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      const aborted = (): void => open?.reject(signal.reason);
      signal.addEventListener('abort', aborted, { once: true });
      // Closed at once, and not when the promise's reader comes to it: a second key in the same chunk answers nothing.
      const close = (): void => {
        open = undefined;
        signal.removeEventListener('abort', aborted);
        autopilot.cancel();
        store.change(withoutQuestion);
      };
      open = {
        resolve(given) {
          close();
          resolve(given);
        },
        reject(reason) {
          close();
          reject(reason);
        },
      };
      if (suggestion) autopilot.suggest(suggestion, answer);
      const narration = autopilot.over ? undefined : suggestion?.narration;
      const suggests = suggestion !== undefined && !autopilot.over;
      store.change((view) => withQuestion(suggests ? withAutopilot(view, true) : view, question, narration));
      return promise;
    },
  };
  return {
    said,
    store,
    answer,
    leave() {
      if (open) open.resolve({ kind: 'leave' });
      else opening.interrupted();
    },
    pressed: () => autopilot.pressed(),
    fail(error) {
      failure ??= { error, told: open !== undefined };
      if (open) open.reject(error);
      else opening.interrupted();
    },
    end() {
      autopilot.cancel();
      if (failure === undefined || failure.told) return undefined;
      failure.told = true;
      return { error: failure.error };
    },
  };
}
