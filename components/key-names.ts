import type { Key } from 'ink';

const clusters = new Intl.Segmenter();
const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/**
 * The keys in what arrived, by name: "enter", "ctrl-c", or the character itself. Over a slow line several keys arrive at
 * once, those that edit a line among them; nothing after an Enter is taken, because it may be a paste that the terminal
 * did not mark.
 */
export function keyNames(input: string, key: Key): string[] {
  if (key.eventType === 'release') return [];
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name !== undefined) return [name];
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input}`];
  if (key.meta) return [];
  const names: string[] = [];
  for (const { segment } of clusters.segment(input)) {
    if (/^[\r\n]/.test(segment)) return [...names, 'enter'];
    const control = controlKey(segment);
    if (control !== undefined) names.push(control);
    else if (!/\p{Cc}/u.test(segment)) names.push(segment);
  }
  return names;
}

/** "ctrl-u" for what Ctrl-U sends: a letter's place in the alphabet (ECMA-48, C0). A tab is no key among others. */
function controlKey(segment: string): string | undefined {
  const code = segment.charCodeAt(0);
  if (segment.length > 1 || code < 1 || code > 26 || segment === '\t') return undefined;
  return `ctrl-${String.fromCharCode(code + 96)}`;
}

/** True if this is a character and not the name of a key. */
export function isCharacter(name: string): boolean {
  const [one, two] = clusters.segment(name);
  return one !== undefined && two === undefined;
}

/** Pasted text as one line that can be typed: line breaks and other control characters are left out. */
export function pastedLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}
