import type { Option } from '../../src/wizard/question.ts';

/** Letters that are keys of every list, and those for details and for copying. */
const taken = ['q', 'j', 'k', '?', 'd', 'c'];

/** A letter for each option by its ID: the first of the ID ("retry" is r), where no option before it has the same. */
export function lettersOf(options: readonly Option[]): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const used = new Set(taken);
  for (const { id } of options) {
    const letter = id.charAt(0).toLowerCase();
    if (!/[a-z]/.test(letter) || used.has(letter)) continue;
    used.add(letter);
    letters.set(id, letter);
  }
  return letters;
}
