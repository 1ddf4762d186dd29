import { useInput, useIsScreenReaderEnabled, usePaste, useWindowSize } from 'ink';
import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import type { Answer } from '../src/wizard/question.ts';
import type { AppProps } from './app-props.ts';
import { keyNames, pastedLine } from './key-names.ts';
import { layoutFor, spokenLayout } from './layout.ts';
import { Screen } from './screens/Screen.tsx';
import { spokenMarks } from './spoken-marks.ts';
import { StageContext, type KeyTaker } from './stage.ts';

/** Everything on the screen, as a drawing of the store's view; keys become answers. */
export function App(props: AppProps) {
  const { store, colour, clock, answer, interrupt, pressed } = props;
  const subscribe = useCallback((changed: () => void) => store.subscribe(changed), [store]);
  const view = useSyncExternalStore(subscribe, () => store.view());
  const spoken = useIsScreenReaderEnabled();
  const window = useWindowSize();
  const [notice, setNotice] = useState<string>();
  const keys = useRef<KeyTaker>(undefined);
  const answered = useRef(-1);

  // A second Enter that is on its way must not answer the question that comes next, nor this one again.
  const isOpen = (asked: number): boolean => {
    const now = store.view();
    return now.question !== undefined && now.asked === asked && answered.current !== asked;
  };
  const answerOnce = (given: Answer): void => {
    if (!isOpen(view.asked)) return;
    answered.current = view.asked;
    answer(given);
  };
  const leave = (): void => {
    const { asked } = store.view();
    if (isOpen(asked)) {
      answered.current = asked;
      answer({ kind: 'leave' });
    } else interrupt();
  };
  const copy = (text: string): void => {
    props.copy(text);
    setNotice('Sent to the clipboard.');
  };

  useInput((input, key) => {
    const names = keyNames(input, key);
    if (names.length === 0) return;
    setNotice(undefined);
    if (pressed?.() === true) return;
    // Many different keys at once are text from a terminal that does not mark a paste: only a field may take them.
    const taker = keys.current;
    if (names.length > 1 && new Set(names).size > 1 && taker?.typing !== true) return;
    for (const name of names)
      if (name === 'ctrl-c') leave();
      else taker?.key(name);
  });
  usePaste((text) => {
    setNotice(undefined);
    if (pressed?.() !== true) keys.current?.paste(pastedLine(text));
  });

  const stage = {
    view,
    layout: spoken
      ? spokenLayout
      : layoutFor(props.size ?? window, { narration: view.narration, wide: view.question?.kind === 'plan' }),
    marks: spoken ? spokenMarks : props.marks,
    colour,
    spoken,
    clock,
    answer: answerOnce,
    leave,
    copy,
    notice,
    keys,
  };
  return (
    <StageContext value={stage}>
      <Screen key={view.question === undefined ? 'session' : view.asked} />
    </StageContext>
  );
}
