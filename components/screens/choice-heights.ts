interface Wants {
  head: number;
  filter: number;
  list: number;
  detail: boolean;
}

/** Rows of a list that are worth more than all of the explanation. */
const enough = 5;

/**
 * Shares the rows of a panel between what stands above a list, the list, and the detail of what has the focus. The list
 * gets a few rows before anything is explained, and the rest after everything is. `detail` counts the empty line above it.
 */
export function choiceHeights(height: number, wants: Wants) {
  const least = Math.min(Math.max(wants.list, 1), height < 14 && wants.detail ? enough - 1 : enough);
  const gap = height >= 8 ? 1 : 0;
  const wanted = wants.detail ? (height >= 16 ? 4 : height >= 10 ? 3 : 0) : 0;
  const forHead = Math.max(height - gap - wants.filter - least - wanted, Math.min(2, wants.head));
  const head = Math.min(wants.head, forHead);
  const left = Math.max(height - head - gap - wants.filter, 1);
  const detail = left - wanted >= Math.min(wants.list, 3) ? wanted : 0;
  const list = Math.max(Math.min(Math.max(wants.list, 1), left - detail), 1);
  return { head, gap, list, detail };
}
