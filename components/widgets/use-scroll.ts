import { useState } from 'react';
import type { Binding } from '../binding.ts';
import { scrollOf, type Scroll } from './scroll-state.ts';

/** Scrolling through lines, and its keys; none where everything is seen. `arrows`: arrows and letters scroll as well. */
export function useScroll(
  count: number,
  height: number,
  arrows = true,
): { scroll: Scroll; bindings: readonly Binding[] } {
  const [wanted, setWanted] = useState(0);
  const scroll = scrollOf(count, height, wanted);
  if (count <= height) return { scroll, bindings: [] };
  const move = (by: number) => () =>
    setWanted((from) => scrollOf(count, height, scrollOf(count, height, from).from + by).from);
  const page = Math.max(scroll.shown - 1, 1);
  const line: Binding[] = [
    { keys: ['down', 'j'], label: 'scroll', act: move(1) },
    { keys: ['up', 'k'], label: 'scroll back', act: move(-1), hidden: true },
  ];
  return {
    scroll,
    bindings: [
      ...(arrows ? line : []),
      { keys: ['pageup'], label: 'a page up', act: move(-page), hidden: true },
      {
        keys: ['pagedown'],
        label: arrows ? 'a page down' : 'read on',
        act: move(page),
        ...(arrows && { hidden: true }),
      },
      { keys: ['home'], label: 'to the beginning', act: move(-count), hidden: true },
      { keys: ['end'], label: 'to the end', act: move(count), hidden: true },
    ],
  };
}
