/**
 * The candidate that `word` was most likely meant to be: the one it begins, or the fewest single-letter edits
 * away and close enough to be a slip (a third of its length, two at least). Undefined when nothing is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const longest = 100; // beyond that nobody slipped, and the table would only cost time
  if (word.length > longest) return undefined;
  const begun = candidates.find((candidate) => word.length > 2 && candidate.startsWith(word.toLowerCase()));
  if (begun !== undefined) return begun;
  const slips = Math.max(2, Math.floor(word.length / 3));
  const ranked = candidates
    // Each letter that one has more is an edit at least.
    .filter((candidate) => Math.abs(candidate.length - word.length) <= slips)
    .map((candidate) => ({ candidate, edits: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= slips ? best.candidate : undefined;
}

/** The candidate that is at most `most` single-letter edits away, and none but the nearest; undefined when none is. */
export function withinEdits(word: string, candidates: readonly string[], most: number): string | undefined {
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const edits = editDistance(word, candidate);
    if (edits <= most && (best === undefined || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replace = (row[j] ?? 0) + (letter === to[j] ? 0 : 1);
      next.push(Math.min(replace, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
