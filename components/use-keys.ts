import { useLayoutEffect } from 'react';
import type { Binding } from './binding.ts';
import { isCharacter } from './key-names.ts';
import { useStage } from './stage.ts';

/** Takes the keys from now on: the first binding that has a key's name acts; what else can be typed
 * goes to `typing`. */
export function useKeys(bindings: readonly Binding[], typing?: (text: string) => void): void {
  const { keys } = useStage();
  useLayoutEffect(() => {
    const taker = {
      typing: typing !== undefined,
      key(name: string) {
        const binding = bindings.find((each) => each.keys.includes(name));
        if (binding !== undefined) binding.act();
        else if (isCharacter(name)) typing?.(name);
      },
      paste: (text: string) => typing?.(text),
    };
    keys.current = taker;
    return () => {
      if (keys.current === taker) keys.current = undefined;
    };
  });
}
