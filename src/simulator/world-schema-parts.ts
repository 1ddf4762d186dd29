import * as z from 'zod';

export const number = z
  .union([z.string().regex(/^\d{4,19}$/, 'expected 4 to 19 digits'), z.int().positive()])
  .transform(String);
export const email = z.string().regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'expected an e-mail address');
const UNITS = { d: 24 * 3600_000, h: 3600_000, m: 60_000 } as const;
const DISTANCE = /^(?<sign>[-+])(?<count>\d{1,6})(?<unit>[dhm])$/;

/** A time, or how long before or after the file is read: `-3d`, `-12h`, `+5m`, so that a world need not age. */
function readInstant(text: string): number {
  const { sign, count, unit } = DISTANCE.exec(text)?.groups ?? {};
  if (count === undefined) return Date.parse(text);
  const distance = Number(count) * (unit === 'd' ? UNITS.d : unit === 'h' ? UNITS.h : UNITS.m);
  return Date.now() + (sign === '-' ? -distance : distance);
}

export const instant = z
  .string()
  .refine(
    (text) => !Number.isNaN(readInstant(text)),
    'expected a time, e.g. 2026-01-31T12:00:00Z, or how long ago, e.g. -3d, or until then, e.g. +30d',
  )
  .transform(readInstant);
export const billingAccountId = z
  .string()
  .regex(
    /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
    'expected the ID of a billing account, e.g. 01A2B3-C4D5E6-F7A8B9',
  );
export const parent = z
  .string()
  .regex(/^(?:organizations|folders)\/\d+$/, 'expected organizations/NUMBER or folders/NUMBER');
export const service = z
  .string()
  .regex(/^[a-z0-9.-]+\.[a-z]+$/, 'expected a service name, e.g. run.googleapis.com');

export const condition = z.strictObject({
  title: z.string(),
  description: z.string().optional(),
  expression: z.string(),
  location: z.string().optional(),
});

export const member = z
  .string()
  .regex(
    /^(?:allUsers|allAuthenticatedUsers|(?:deleted:)?[a-zA-Z]+:.+|principal(?:Set)?:\/\/.+)$/,
    'expected a member, e.g. user:ada@acme.com',
  );

export const policy = z.strictObject({
  bindings: z
    .array(
      z.strictObject({
        role: z
          .string()
          .regex(
            /^(?:roles|(?:projects|organizations)\/[^/]+\/roles)\/[\w.]+$/,
            'expected a role, e.g. roles/viewer',
          ),
        members: z.array(member).min(1),
        condition: condition.optional(),
      }),
    )
    .default([]),
  auditConfigs: z
    .array(
      z.strictObject({
        service: z.string(),
        auditLogConfigs: z.array(
          z.strictObject({
            logType: z.enum(['ADMIN_READ', 'DATA_WRITE', 'DATA_READ']),
            exemptedMembers: z.array(member).optional(),
          }),
        ),
      }),
    )
    .default([]),
});

export const role = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9_.]{3,64}$/, 'expected 3 to 64 letters, digits, underscores or dots'),
  title: z.string().optional(),
  description: z.string().optional(),
  permissions: z.array(z.string()),
  stage: z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED', 'DISABLED', 'EAP']).default('GA'),
  /** When it was soft-deleted. */
  deleted: instant.optional(),
});

/** Of deny policies, boundaries and their bindings. */
const id = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{2,62}$/, 'expected 3 to 63 lower-case letters, digits, hyphens or dots');

export const denyRule = z.strictObject({
  description: z.string().optional(),
  deniedPrincipals: z.array(z.string()),
  exceptionPrincipals: z.array(z.string()).default([]),
  deniedPermissions: z.array(z.string()),
  exceptionPermissions: z.array(z.string()).default([]),
  denialCondition: condition.optional(),
});

export const denyPolicy = z.strictObject({
  id,
  displayName: z.string().max(63).optional(),
  rules: z.array(denyRule).min(1),
});

/** A principal access boundary policy of an organisation: what its principals can use permissions on. */
export const accessBoundary = z.strictObject({
  id,
  displayName: z.string().max(63).optional(),
  rules: z
    .array(
      z.strictObject({
        description: z.string().optional(),
        resources: z
          .array(
            z
              .string()
              .regex(
                /^(?:projects|folders|organizations)\/[^/]+$/,
                'expected a project, folder or organisation, e.g. projects/acme-one',
              ),
          )
          .min(1),
      }),
    )
    .min(1),
  enforcementVersion: z.enum(['1', '2', '3', '4', 'latest']).default('latest'),
});

/** What binds a boundary of the organisation above to the principals of a level, or of another set below `target`. */
export const policyBinding = z.strictObject({
  id,
  displayName: z.string().max(63).optional(),
  policy: id,
  target: z
    .string()
    .startsWith('//', 'expected the full name of a principal set, with // before it')
    .optional(),
  condition: condition.optional(),
});

/** What can stand at every level of the hierarchy. */
export const governed = {
  policy: policy.optional(),
  orgPolicies: z.array(z.strictObject({ constraint: z.string(), enforced: z.boolean() })).default([]),
  /** Rules of a deny policy that is called `deny-rules`. */
  denyRules: z.array(denyRule).default([]),
  denyPolicies: z.array(denyPolicy).default([]),
  policyBindings: z.array(policyBinding).default([]),
  created: instant.default(Date.parse('2024-02-29T09:30:00Z')),
};

export const https = z.string().regex(/^https:\/\/[^\s]+$/, 'expected an https URI');
