import { useCallback, useEffect, useRef, useState } from 'react';
import type { TextQuestion } from '../../src/wizard/question.ts';

/** Long enough not to ask the cloud about every letter. */
const restMs = 150;

/** How far the cloud's word about a text is. `unknown`: it could not be asked. */
export type Confirmation =
  | { text: string; state: 'waiting' | 'asking' | 'fine' | 'unknown' }
  | { text: string; state: 'wrong'; why: string };

/**
 * Asks the cloud about the text that stands, once it has rested; what was asked about an older text is ended.
 * `whenKnown` is called with the text as soon as the cloud has nothing against it, at once where it need not be asked.
 */
export function useConfirm(text: string, wrong: boolean, question: Pick<TextQuestion, 'confirm'>) {
  const [known, setKnown] = useState<Confirmation>();
  const sought = useRef<{ text: string; then: (text: string) => void }>(undefined);
  const asked = useRef(question);
  asked.current = question;
  const asks = question.confirm !== undefined;
  useEffect(() => {
    if (!asks || wrong) {
      setKnown(undefined);
      return;
    }
    const stop = new AbortController();
    const settle = (next: Confirmation): void => {
      if (stop.signal.aborted) return;
      setKnown(next);
      if (next.state === 'fine' && sought.current?.text === text) sought.current.then(text);
      if (next.state !== 'asking') sought.current = undefined;
    };
    setKnown({ text, state: 'waiting' });
    const rest = setTimeout(() => {
      settle({ text, state: 'asking' });
      asked.current.confirm?.(text, stop.signal).then(
        (why) => settle(why === undefined ? { text, state: 'fine' } : { text, state: 'wrong', why }),
        () => settle({ text, state: 'unknown' }),
      );
    }, restMs);
    return () => {
      clearTimeout(rest);
      stop.abort();
      // Enter may have come with the letters, before they were drawn: what it seeks is the new text then.
      if (sought.current?.text === text) sought.current = undefined;
    };
  }, [text, wrong, asks]);
  const latest = useRef(known);
  latest.current = known;
  const whenKnown = useCallback((wanted: string, then: (text: string) => void) => {
    const now = latest.current?.text === wanted ? latest.current.state : 'waiting';
    if (asked.current.confirm === undefined || now === 'fine' || now === 'unknown') then(wanted);
    else if (now !== 'wrong') sought.current = { text: wanted, then };
  }, []);
  return { known: known?.text === text ? known : undefined, whenKnown };
}
