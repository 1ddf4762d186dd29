/** How far lines are scrolled in a window. */
export interface Scroll {
  /** The first line that is shown. */
  from: number;
  /** Lines that are shown, without the one that says how many there are besides. */
  shown: number;
  above: number;
  below: number;
}

/** What is seen of `count` lines in `height` rows, as near to `wanted` as the window can begin. */
export function scrollOf(count: number, height: number, wanted: number): Scroll {
  if (count <= height) return { from: 0, shown: count, above: 0, below: 0 };
  const shown = Math.max(height - 1, 1);
  const from = Math.max(Math.min(wanted, count - shown), 0);
  return { from, shown, above: from, below: count - shown - from };
}

/** The window of `height` rows over a list that shows the focus and moves as little as it can. */
export function windowAround(focus: number, count: number, height: number, before: number): number {
  const nearest = Math.min(Math.max(before, focus - height + 1), Math.max(focus, 0));
  return Math.max(Math.min(nearest, count - height), 0);
}
