import { useCallback, useRef, useState } from 'react';

/**
 * A reducer's state and a way to send verbs to it. `now()` gives the state after all verbs so far, drawn or not: several
 * keys may arrive before the next drawing, and the last of them must see what the others did.
 */
export function useVerbs<State, Verb>(reduce: (state: State, verb: Verb) => State, begin: () => State) {
  const [state, setState] = useState(begin);
  const latest = useRef(state);
  const send = useCallback(
    (verb: Verb) => {
      latest.current = reduce(latest.current, verb);
      setState(latest.current);
    },
    [reduce],
  );
  const now = useCallback(() => latest.current, []);
  return { state, send, now };
}
