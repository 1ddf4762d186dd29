interface Wants {
  /** Lines of all that could stand above the list. */
  head: number;
  filter: number;
  list: number;
  /** Lines of the longest detail. */
  detail: number;
}

/** Rows of a list that are worth more than explanations. */
const enough = 6;

/**
 * Shares the rows of a panel between what stands above a list, the list, and the detail of what has the focus. The list
 * gets a few rows before anything is explained, and the rest after everything is. `detail` counts the empty line above it.
 */
export function choiceHeights(height: number, wants: Wants) {
  const rows = Math.max(wants.list, 1);
  const least = Math.min(rows, enough);
  const gap = height >= 8 ? 1 : 0;
  const forHead = Math.max(height - gap - wants.filter - least, Math.min(2, wants.head));
  const detailWanted = wants.detail === 0 ? 0 : 1 + Math.min(wants.detail, height >= 16 ? 3 : 2);
  // An explanation is cut for the list and for a detail, but not to less than two lines.
  const shortest = Math.min(wants.head, Math.max(forHead - detailWanted, 2));
  const fits = height - gap - wants.filter - shortest - detailWanted >= least;
  const detail = fits ? detailWanted : 0;
  const head = Math.min(wants.head, Math.max(forHead - detail, 2));
  const list = Math.max(Math.min(rows, height - head - gap - wants.filter - detail), 1);
  return { head, gap, list, detail };
}
