import * as z from 'zod';

const condition = z.looseObject({
  expression: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  location: z.string().optional(),
});

const binding = z.looseObject({
  role: z.string(),
  members: z.array(z.string()).default([]),
  condition: condition.optional(),
});

/**
 * An allow policy as Google answers it. Loose: fields that are not named here are kept, because a policy is written back
 * whole. Audit configurations are kept as they are and never looked into.
 */
export const policySchema = z.looseObject({
  version: z.number().optional(),
  etag: z.string(),
  bindings: z.array(binding).default([]),
});

/** A condition on a binding (Common Expression Language). */
export type Condition = z.infer<typeof condition>;
/** One role, its members and, at times, the condition under which it is theirs. */
export type Binding = z.infer<typeof binding>;
/** An allow policy. `etag` is required: writing without one overwrites what others wrote meanwhile. */
export type Policy = z.infer<typeof policySchema>;
