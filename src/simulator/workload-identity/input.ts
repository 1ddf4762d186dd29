import type { Call } from '../call.ts';
import { invalidArgument } from '../errors.ts';

/** The ID that a new pool or provider is to have, from the query (limits: discovery document; the texts are [U]). */
export function newId(call: Call, parameter: string): string {
  const id = call.query.get(parameter) ?? '';
  if (!/^[a-z0-9-]{4,32}$/.test(id))
    throw invalidArgument(`Invalid ${parameter} "${id}": it must be 4 to 32 of the characters [a-z0-9-].`);
  if (id.startsWith('gcp-'))
    throw invalidArgument(`Invalid ${parameter} "${id}": the prefix gcp- is reserved for Google.`);
  return id;
}

/** Refuses names and descriptions that are too long (discovery document; the texts are [U]). */
export function checkTexts(texts: {
  displayName?: string | undefined;
  description?: string | undefined;
}): void {
  if ((texts.displayName ?? '').length > 32)
    throw invalidArgument('The display name must not exceed 32 characters.');
  if ((texts.description ?? '').length > 256)
    throw invalidArgument('The description must not exceed 256 characters.');
}

/** Whether the update mask of a call, which it must have, names a field or one above or below it. */
export function readMask(call: Call): (field: string) => boolean {
  const fields = (call.query.get('updateMask') ?? '')
    .split(',')
    .map((field) => field.trim().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    .filter((field) => field !== '');
  if (fields.length === 0) throw invalidArgument('The update mask must not be empty.'); // [U] the text.
  return (field) => fields.some((named) => named === '*' || named === field || field.startsWith(`${named}.`));
}
