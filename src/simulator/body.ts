import type { z } from 'zod';
import type { Call } from './call.ts';
import { invalidArgument } from './errors.ts';

/**
 * Reads a call's body against a schema. Unknown fields and wrong types are refused with 400 INVALID_ARGUMENT, in the
 * words of Google's JSON transcoder and with its BadRequest detail.
 */
export function readBody<T>(call: Call, schema: z.ZodType<T>): T {
  const result = schema.safeParse(call.body);
  if (result.success) return result.data;
  const violations = result.error.issues.map((issue) => {
    const field = issue.path.join('.');
    const description =
      issue.code === 'unrecognized_keys'
        ? `Invalid JSON payload received. Unknown name "${issue.keys[0] ?? ''}"${field && ` at '${field}'`}: Cannot find field.`
        : `Invalid value at '${field}': ${issue.message}`;
    return { field, description };
  });
  throw invalidArgument(violations.map(({ description }) => description).join('\n'), [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations },
  ]);
}

/** Drops what proto3 JSON leaves out: fields at their default, which are '', 0, false, empty lists and maps. */
export function omitDefaults(fields: Readonly<Record<string, unknown>>): object {
  const isDefault = (value: unknown) =>
    value === undefined ||
    value === '' ||
    value === 0 ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (value !== null && typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isDefault(value)));
}
