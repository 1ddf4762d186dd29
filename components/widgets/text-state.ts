const segmenter = new Intl.Segmenter();

/** A line that is being typed. The cursor counts characters as people see them. */
export interface TextState {
  text: string;
  cursor: number;
}

export type TextVerb =
  | { type: 'insert'; text: string }
  | { type: 'left' | 'right' | 'home' | 'end' | 'backspace' | 'delete' | 'erase-before' | 'erase-word' };

/** What is typed so far, with the cursor behind it. */
export function newText(text: string): TextState {
  return { text, cursor: clustersOf(text).length };
}

/** The line after a verb; pure. */
export function reduceText(state: TextState, verb: TextVerb): TextState {
  const clusters = clustersOf(state.text);
  const before = clusters.slice(0, state.cursor);
  const after = clusters.slice(state.cursor);
  const at = (cursor: number) => ({ ...state, cursor: Math.max(Math.min(cursor, clusters.length), 0) });
  switch (verb.type) {
    case 'insert':
      return joined(before.join('') + verb.text, after);
    case 'left':
      return at(state.cursor - 1);
    case 'right':
      return at(state.cursor + 1);
    case 'home':
      return at(0);
    case 'end':
      return at(clusters.length);
    case 'backspace':
      return joined(before.slice(0, -1).join(''), after);
    case 'delete':
      return joined(before.join(''), after.slice(1));
    case 'erase-before':
      return joined('', after);
    case 'erase-word':
      return joined(before.join('').replace(/[\p{L}\p{N}\p{M}]*[^\p{L}\p{N}\p{M}]*$/u, ''), after);
  }
}

/** The characters of a text as people count them. */
export function clustersOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

function joined(before: string, after: readonly string[]): TextState {
  return { text: before + after.join(''), cursor: clustersOf(before).length };
}
