import type { Marks } from './theme.ts';

/** What some keys do: said once, and obeyed, hinted at and explained from here. */
export interface Binding {
  /** Names as `key-names.ts` gives them; the first is the one that is shown. */
  keys: readonly string[];
  label: string;
  /** For narrow terminals. */
  short?: string;
  act: () => void;
  /** In the help only. */
  hidden?: true;
}

/** The first key as people read it: "↵", "esc", "d". */
export function keysShown({ keys }: Binding, marks: Marks): string {
  return keyShown(keys[0] ?? '', marks);
}

/** All keys of a binding, for the help. */
export function allKeysShown({ keys }: Binding, marks: Marks, between = ' '): string {
  return keys.map((key) => keyShown(key, marks)).join(between);
}

function keyShown(key: string, marks: Marks): string {
  switch (key) {
    case 'enter':
      return marks.enter;
    case 'escape':
      return 'esc';
    case 'up':
      return marks.up;
    case 'down':
      return marks.down;
    case 'pageup':
      return 'pgup';
    case 'pagedown':
      return 'pgdn';
    default:
      return key;
  }
}
