import type { Option } from '../../src/wizard/question.ts';
import { clustersOf } from './text-state.ts';

/** A list to choose from: what is typed to filter it, what is left of it, and where the focus is. */
export interface ListState {
  options: readonly Option[];
  filter: string;
  /** Those that match, without the pinned ones. */
  shown: readonly Option[];
  pinned: readonly Option[];
  /** How many there are without the pinned ones. */
  total: number;
  /** The ID that has the focus; it keeps it when the list grows. Undefined: nothing can be chosen. */
  focus: string | undefined;
  /** True if the person put it there, who then finds it there whatever comes. */
  placed: boolean;
}

export type ListVerb =
  | { type: 'focus-next' | 'focus-previous' | 'focus-first' | 'focus-last' }
  | { type: 'page'; by: number }
  | { type: 'type'; text: string }
  | { type: 'erase' | 'erase-word' | 'clear' }
  | { type: 'options'; options: readonly Option[] };

/** A list as it is first seen; the focus is on `initial`, or on the first that can be chosen. */
export function newList(options: readonly Option[], initial?: string): ListState {
  const state = { options, filter: '', ...split(options, ''), focus: initial, placed: false };
  return { ...state, focus: keptFocus(state) };
}

/** The list after a verb; pure. */
export function reduceList(state: ListState, verb: ListVerb): ListState {
  switch (verb.type) {
    case 'focus-next':
      return moved(state, 1, 1);
    case 'focus-previous':
      return moved(state, -1, -1);
    case 'focus-first':
      return moved(state, -Infinity, 1);
    case 'focus-last':
      return moved(state, Infinity, -1);
    case 'page':
      return moved(state, verb.by, Math.sign(verb.by));
    case 'type':
      return filtered(state, state.filter + verb.text.replaceAll(/\p{Cc}/gu, ''));
    case 'erase':
      return filtered(state, clustersOf(state.filter).slice(0, -1).join(''));
    case 'erase-word':
      return filtered(state, state.filter.trimEnd().replace(/\S+$/, ''));
    case 'clear':
      return filtered(state, '');
    case 'options': {
      const wasPinned = state.pinned.some(({ id }) => id === state.focus);
      const next = { ...state, options: verb.options, ...split(verb.options, state.filter) };
      // The pinned ones had the focus only because there was nothing else yet.
      const idle = wasPinned && state.shown.length === 0 && !state.placed;
      const held = idle ? undefined : state.focus;
      return { ...next, focus: keptFocus({ ...next, focus: held }) };
    }
  }
}

/** Everything that can be moved through, in order. */
export function rowsOf({ shown, pinned }: ListState): readonly Option[] {
  return pinned.length === 0 ? shown : [...shown, ...pinned];
}

/** The option that Enter would choose. */
export function focused(state: ListState): Option | undefined {
  return rowsOf(state).find(({ id, unavailable }) => id === state.focus && unavailable === undefined);
}

function filtered(state: ListState, filter: string): ListState {
  if (filter === state.filter) return state;
  const { shown } = split(state.options, filter);
  const next = { ...state, filter, shown, placed: false };
  return { ...next, focus: keptFocus({ ...next, focus: undefined }) };
}

function split(options: readonly Option[], filter: string) {
  const { others, pinned, found } = partsOf(options);
  return { shown: matching(others, filter, found), pinned, total: others.length };
}

interface Parts {
  pinned: readonly Option[];
  others: readonly Option[];
  /** What was found by filters before, the latest last: erasing finds it again. */
  found: Map<string, readonly Option[]>;
}

const parts = new WeakMap<readonly Option[], Parts>();
/** More than anybody types and erases again. */
const mostFound = 64;

function partsOf(options: readonly Option[]): Parts {
  let known = parts.get(options);
  if (known === undefined) {
    const pinned = options.filter((option) => option.pinned === true);
    const others = pinned.length === 0 ? options : options.filter((option) => option.pinned !== true);
    known = { pinned, others, found: new Map() };
    parts.set(options, known);
  }
  return known;
}

const haystacks = new WeakMap<Option, string>();

function matching(options: readonly Option[], filter: string, found: Parts['found']): readonly Option[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  const before = found.get(filter);
  if (before !== undefined) return before;
  // More words, or longer ones, can only leave fewer.
  const fewer = found.get(filter.slice(0, -1)) ?? options;
  const shown = fewer.filter((option) => {
    const haystack = haystackOf(option);
    return words.every((word) => haystack.includes(word));
  });
  const [first] = found.keys();
  if (found.size >= mostFound && first !== undefined) found.delete(first);
  found.set(filter, shown);
  return shown;
}

function haystackOf(option: Option): string {
  let haystack = haystacks.get(option);
  if (haystack === undefined) {
    haystack = [option.label, ...(option.columns ?? [])].join('\n').toLowerCase();
    haystacks.set(option, haystack);
  }
  return haystack;
}

function keptFocus(state: ListState): string | undefined {
  let first: string | undefined;
  for (const { id, unavailable } of rowsOf(state)) {
    if (unavailable !== undefined) continue;
    if (id === state.focus || state.focus === undefined) return id;
    first ??= id;
  }
  return first;
}

/** The focus moved by so many rows, then on in `direction` over what cannot be chosen, and else back. */
function moved(state: ListState, by: number, direction: number): ListState {
  if (direction === 0) return state;
  const rows = rowsOf(state);
  const last = rows.length - 1;
  const from = rows.findIndex(({ id }) => id === state.focus);
  const target = Math.max(Math.min(from + by, last), 0);
  const search = (step: number): string | undefined => {
    for (let at = target; at >= 0 && at <= last; at += step)
      if (rows[at]?.unavailable === undefined) return rows[at]?.id;
    return undefined;
  };
  // One step beyond the last that can be chosen stays where it is.
  const found = search(direction) ?? (Math.abs(by) === 1 ? state.focus : search(-direction));
  return { ...state, focus: found ?? state.focus, placed: true };
}
