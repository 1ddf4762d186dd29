/**
 * The names that a word was most likely meant to be, the nearest first: those that it begins, those that end with it, and
 * those that are at most a third of its length away in single letters.
 * @param most how many at most
 */
export function near(word: string, names: readonly string[], most = 3): string[] {
  const asked = word.toLowerCase();
  if (asked.length < 3 || asked.length > 100) return [];
  const far = Math.max(2, Math.floor(asked.length / 3));
  const ranked = names.flatMap((name) => {
    const lower = name.toLowerCase();
    if (lower.startsWith(asked)) return [{ name, edits: 1 }];
    if (lower.endsWith(`.${asked}`) || lower.endsWith(`/${asked}`)) return [{ name, edits: 1 }];
    if (Math.abs(lower.length - asked.length) > far) return [];
    const edits = editsBetween(asked, lower, far);
    return edits > far ? [] : [{ name, edits }];
  });
  ranked.sort((a, b) => a.edits - b.edits || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  // What is much farther than the nearest was not meant.
  const limit = (ranked[0]?.edits ?? 0) + 1;
  return ranked
    .filter(({ edits }) => edits <= limit)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Levenshtein's distance, one row at a time; whatever is more than `most` is only known to be that. */
function editsBetween(from: string, to: string, most: number): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    let least = i + 1;
    for (let j = 0; j < to.length; j++) {
      const replace = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const edits = Math.min(replace, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
      next.push(edits);
      least = Math.min(least, edits);
    }
    if (least > most) return least;
    row = next;
  }
  return row[to.length] ?? 0;
}
