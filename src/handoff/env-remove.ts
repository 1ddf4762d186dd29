import { disagreement } from './env-agreement.ts';
import type { EnvFormat } from './env-form.ts';
import { placesOf } from './env-places.ts';
import { lineOf, notText, unclear, unclosed, type EnvTrouble } from './env-trouble.ts';
import { readAs } from './read-as.ts';

/** A text without some of its variables; `removed`: those that stood in it. Or why there is none. */
export type EnvRemoval =
  { kind: 'removed'; text: string; removed: readonly string[] } | { kind: 'refused'; trouble: EnvTrouble };

/**
 * Takes variables out of the text of an env file: every line on which one stands, with a comment behind it. Every other byte
 * stays. The outcome is read again as dotenv, Node and a shell would (or Docker); unless all find the other variables as
 * before, and none of ours, it is refused.
 */
export function removeEnv(text: string, names: readonly string[], format: EnvFormat = 'dotenv'): EnvRemoval {
  const nul = text.indexOf('\0');
  if (nul !== -1) return { kind: 'refused', trouble: notText(lineOf(text, nul), 'a NUL character') };
  const before = [...readAs(format, text)];
  for (const { open } of before) if (open) return { kind: 'refused', trouble: unclosed(text, open) };
  const places = placesOf(text, new Set(names), before);
  let done = 0;
  let left = '';
  for (const { from, to } of places) {
    // Whoever wrote a byte order mark goes on finding it.
    const mark = text.startsWith('\uFEFF', from) ? '\uFEFF' : '';
    left += text.slice(done, from) + mark;
    done = to;
  }
  left += text.slice(done);
  const gone = new Map(names.map((name) => [name, undefined]));
  const at = disagreement(before, [...readAs(format, left)], gone, places);
  if (at !== undefined) return { kind: 'refused', trouble: unclear(lineOf(text, at)) };
  return { kind: 'removed', text: left, removed: [...new Set(places.map(({ name }) => name))] };
}
