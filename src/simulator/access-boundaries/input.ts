import * as z from 'zod';
import type { Call } from '../call.ts';
import { invalidArgument } from '../errors.ts';

/** What bodies of policies and bindings have in common. What only the server sets is ignored. */
export const metadata = {
  name: z.string().optional(),
  uid: z.string().optional(),
  etag: z.string().optional(),
  displayName: z.string().optional(),
  annotations: z.record(z.string(), z.string()).default({}),
  createTime: z.string().optional(),
  updateTime: z.string().optional(),
};

/** An enum whose values are numbered from 0, as proto3 JSON lets clients send it: by name or by number. */
export const enumField = (...names: readonly string[]) =>
  z
    .union([z.enum(names), z.int()])
    .transform((sent) => (typeof sent === 'number' ? names[sent] : sent))
    .optional();

/** The ID of something new, from the query (the form: IAM v3's messages; the text is [U]). */
export function newId(call: Call, parameter: string): string {
  const id = call.query.get(parameter) ?? '';
  if (/^[a-z][a-z0-9.-]{2,62}$/.test(id)) return id;
  throw invalidArgument(`Invalid ${parameter} "${id}".`);
}

/** Refuses a display name of more than 63 characters (IAM v3's messages; the text is [U]). */
export function checkDisplayName(displayName: string | undefined): void {
  if ((displayName ?? '').length > 63) throw invalidArgument('The display name has more than 63 characters.');
}

/**
 * Which fields an update is to set: those of its mask or, without one, those that were sent. A mask that names something
 * else than the fields that can change is refused ([U] the text).
 */
export function updateMask(call: Call, changeable: readonly string[]): (field: string) => boolean {
  const named = (call.query.get('updateMask') ?? '')
    .split(',')
    .map((path) => path.trim().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    .filter((path) => path !== '');
  const sent = typeof call.body === 'object' && call.body !== null ? Object.keys(call.body) : [];
  if (named.length === 0) return (field) => sent.includes(field.split('.')[0] ?? '');
  for (const path of named)
    if (path !== '*' && !changeable.some((field) => field === path || field.startsWith(`${path}.`)))
      throw invalidArgument(`The field ${path} of the update mask cannot be updated.`);
  return (field) => named.some((path) => path === '*' || path === field || field.startsWith(`${path}.`));
}

/** Whether a call is only to be judged, not carried out. */
export const validatesOnly = ({ query }: Call): boolean => query.get('validateOnly') === 'true';
