import type { Reading } from './assignment.ts';
import { disagreement } from './env-agreement.ts';
import { formOf, type EnvFormat } from './env-form.ts';
import { notesOn, type EnvNote } from './env-note.ts';
import { placesOf, type Place } from './env-places.ts';
import { lineOf, notText, unclear, unclosed, type EnvTrouble } from './env-trouble.ts';
import { readAs } from './read-as.ts';
import { readAsDotenv } from './read-as-dotenv.ts';

/** A merged text; `changed` is false if every variable was there in this very form. Or why there is none. */
export type EnvMerge =
  | {
      kind: 'merged';
      text: string;
      changed: boolean;
      added: readonly string[];
      replaced: readonly string[];
      notes: readonly EnvNote[];
    }
  | { kind: 'refused'; trouble: EnvTrouble };

/**
 * Puts variables into the text of an env file. One that is there is replaced where it stands last, and keeps its
 * indentation, `export` and comment; where it stood before, it is taken out. New ones follow at the end under a blank line.
 * Every other line stays as it is, byte for byte. A line of ours ends in a bare line feed also in a file with CRLF: a shell
 * would take the carriage return for a part of the value.
 *
 * The outcome is read again as dotenv, Node and a shell would (or Docker). Unless all find our values, and everything else
 * as before, the merge is refused.
 * @param values - by the name of the variable
 */
export function mergeEnv(
  text: string,
  values: Readonly<Record<string, string>>,
  format: EnvFormat = 'dotenv',
): EnvMerge {
  const nul = text.indexOf('\0');
  if (nul !== -1) return { kind: 'refused', trouble: notText(lineOf(text, nul), 'a NUL character') };
  const forms = new Map<string, string>();
  const reads = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    const form = formOf(name, value, format);
    if (form.kind === 'refused') return form;
    forms.set(name, form.text);
    reads.set(name, form.reads);
  }
  for (const { open } of readAs(format, text))
    if (open) return { kind: 'refused', trouble: unclosed(text, open) };

  // Read with its last line ended, as it stands once something follows: dotenv takes "NAME:" for a variable only then.
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const before = [...readAs(format, ended)];
  const names = new Set(forms.keys());
  const places = placesOf(ended, names, format === 'docker' ? [...before, keysOf(ended)] : before);
  const { text: replacing, replaced } = withReplaced(ended, places, forms, format);
  const added = [...names].filter((name) => !places.some((place) => place.name === name));
  const lines = added.map((name) => `${name}=${forms.get(name) ?? ''}\n`);
  const merged =
    lines.length === 0 && ended !== text ? replacing.slice(0, -1) : withAppended(replacing, lines);

  const after = [...readAs(format, merged)];
  // Docker's lines are on their own: none can take in another.
  const at = disagreement(format === 'docker' ? after : before, after, reads, places);
  if (at !== undefined) return { kind: 'refused', trouble: unclear(lineOf(text, at)) };
  const notes = notesOn(merged, after, values, format);
  return { kind: 'merged', text: merged, changed: merged !== text, added, replaced, notes };
}

/** Private keys on many lines, as they are written for others: Docker would see their first line only. */
function keysOf(text: string): Reading {
  return { found: readAsDotenv(text).found.filter(({ value }) => value?.startsWith('-----BEGIN ')) };
}

function withReplaced(
  text: string,
  places: readonly Place[],
  forms: ReadonlyMap<string, string>,
  format: EnvFormat,
): { text: string; replaced: readonly string[] } {
  const last = new Map(places.map((place) => [place.name, place]));
  const replaced = new Set<string>();
  const parts: string[] = [];
  let done = 0;
  for (const place of places) {
    const was = text.slice(place.from, place.to);
    const isLast = last.get(place.name) === place;
    const is = isLast ? rewritten(text, place, forms.get(place.name) ?? '', format) : '';
    if (is !== was) replaced.add(place.name);
    parts.push(text.slice(done, place.from), is);
    done = place.to;
  }
  return { text: parts.join('') + text.slice(done), replaced: [...replaced] };
}

function rewritten(
  text: string,
  { name, from, to, valueTo }: Place,
  form: string,
  format: EnvFormat,
): string {
  const lead = /^(\uFEFF?)([ \t]*)(export\s)?/u.exec(text.slice(from, to)) ?? [];
  const [, mark = '', indent = '', exported] = lead;
  // Only dotenv looks behind a byte order mark; alone on its line it is in nobody's way.
  const start = `${mark}${mark === '' ? '' : '\n'}${indent}${exported && format !== 'docker' ? 'export ' : ''}`;
  const rest = text.slice(valueTo, to);
  const comment = /^\s*#/u.test(rest) ? rest.replace(/^#/u, ' #') : undefined;
  return `${start}${name}=${form}${comment ?? (rest.endsWith('\n') ? '\n' : '')}`;
}

function withAppended(text: string, lines: readonly string[]): string {
  if (lines.length === 0) return text;
  const isBlank = text === '' || /(?:^|\n)[ \t]*\r?\n$/u.test(text);
  return `${text}${isBlank ? '' : '\n'}${lines.join('')}`;
}
