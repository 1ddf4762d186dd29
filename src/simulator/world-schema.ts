import * as z from 'zod';

const number = z
  .union([z.string().regex(/^\d{4,19}$/, 'expected 4 to 19 digits'), z.int().positive()])
  .transform(String);
const email = z.string().regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'expected an e-mail address');
const UNITS = { d: 24 * 3600_000, h: 3600_000, m: 60_000 } as const;
const AGO = /^-(?<count>\d{1,6})(?<unit>[dhm])$/;

/** A time, or how long before the file is read: `-3d`, `-12h`, `-5m`, so that a world need not age. */
function readInstant(text: string): number {
  const { count, unit } = AGO.exec(text)?.groups ?? {};
  if (count === undefined) return Date.parse(text);
  return Date.now() - Number(count) * (unit === 'd' ? UNITS.d : unit === 'h' ? UNITS.h : UNITS.m);
}

const instant = z
  .string()
  .refine(
    (text) => !Number.isNaN(readInstant(text)),
    'expected a time, e.g. 2026-01-31T12:00:00Z, or how long ago, e.g. -3d',
  )
  .transform(readInstant);
const billingAccountId = z
  .string()
  .regex(
    /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
    'expected the ID of a billing account, e.g. 01A2B3-C4D5E6-F7A8B9',
  );
const parent = z
  .string()
  .regex(/^(?:organizations|folders)\/\d+$/, 'expected organizations/NUMBER or folders/NUMBER');
const service = z.string().regex(/^[a-z0-9.-]+\.[a-z]+$/, 'expected a service name, e.g. run.googleapis.com');

const condition = z.strictObject({
  title: z.string(),
  description: z.string().optional(),
  expression: z.string(),
  location: z.string().optional(),
});

const member = z
  .string()
  .regex(
    /^(?:allUsers|allAuthenticatedUsers|(?:deleted:)?[a-zA-Z]+:.+|principal(?:Set)?:\/\/.+)$/,
    'expected a member, e.g. user:ada@acme.com',
  );

const policy = z.strictObject({
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

const role = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9_.]{3,64}$/, 'expected 3 to 64 letters, digits, underscores or dots'),
  title: z.string().optional(),
  description: z.string().optional(),
  permissions: z.array(z.string()),
  stage: z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED', 'DISABLED', 'EAP']).default('GA'),
  /** When it was soft-deleted. */
  deleted: instant.optional(),
});

const denyRule = z.strictObject({
  deniedPrincipals: z.array(z.string()),
  exceptionPrincipals: z.array(z.string()).default([]),
  deniedPermissions: z.array(z.string()),
  exceptionPermissions: z.array(z.string()).default([]),
  denialCondition: condition.optional(),
});

/** What can stand at every level of the hierarchy. */
const governed = {
  policy: policy.optional(),
  orgPolicies: z.array(z.strictObject({ constraint: z.string(), enforced: z.boolean() })).default([]),
  denyRules: z.array(denyRule).default([]),
  created: instant.default(Date.parse('2024-02-29T09:30:00Z')),
};

const account = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/, 'expected 6 to 30 lower-case letters, digits or hyphens'),
  uniqueId: z
    .string()
    .regex(/^\d{21}$/, 'expected 21 digits')
    .optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  disabled: z.boolean().default(false),
  deleted: instant.optional(),
  created: instant.default(Date.parse('2024-02-29T09:30:00Z')),
  policy: policy.optional(),
  /** Public halves (SPKI, PEM) of keys whose private halves are somewhere else. */
  keys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[0-9a-f]{40}$/, 'expected 40 hexadecimal digits'),
        publicKey: z.string(),
        disabled: z.boolean().default(false),
      }),
    )
    .default([]),
});

const https = z.string().regex(/^https:\/\/[^\s]+$/, 'expected an https URI');

const poolId = z
  .string()
  .regex(/^[a-z0-9-]{4,32}$/, 'expected 4 to 32 lower-case letters, digits or hyphens');

const workloadIdentityPool = z.strictObject({
  id: poolId,
  displayName: z.string().optional(),
  description: z.string().optional(),
  disabled: z.boolean().default(false),
  deleted: instant.optional(),
  providers: z
    .array(
      z.strictObject({
        id: poolId,
        displayName: z.string().optional(),
        description: z.string().optional(),
        disabled: z.boolean().default(false),
        deleted: instant.optional(),
        issuerUri: https,
        allowedAudiences: z.array(z.string()).default([]),
        jwksJson: z.string().optional(),
        attributeMapping: z.record(z.string(), z.string()),
        attributeCondition: z.string().optional(),
      }),
    )
    .default([]),
});

/** A Cloud Run service: the metadata is all there is. */
const runService = z.strictObject({
  id: z.string().regex(/^[a-z](?:[-a-z0-9]{0,47}[a-z0-9])?$/, 'expected the ID of a Cloud Run service'),
  location: z.string().regex(/^[a-z]+-[a-z]+\d+$/, 'expected a region, e.g. europe-west1'),
  /** The account it runs as; the default one of the project when left out. */
  serviceAccount: email.optional(),
  image: z.string().default('us-docker.pkg.dev/cloudrun/container/hello'),
  labels: z.record(z.string(), z.string()).default({}),
  created: instant.default(Date.parse('2024-02-29T09:30:00Z')),
});

const project = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'expected 6 to 30 lower-case letters, digits or hyphens'),
  number,
  name: z.string().optional(),
  parent: parent.optional(),
  labels: z.record(z.string(), z.string()).default({}),
  /** The billing account it is linked to; `true`: to one that nobody of this world sees. */
  billing: z.union([z.boolean(), billingAccountId]).default(true),
  state: z.enum(['ACTIVE', 'DELETE_REQUESTED']).default('ACTIVE'),
  services: z.array(service).default([]),
  roles: z.array(role).default([]),
  serviceAccounts: z.array(account).default([]),
  workloadIdentityPools: z.array(workloadIdentityPool).default([]),
  runServices: z.array(runService).default([]),
  ...governed,
});

const billingAccount = z.strictObject({
  id: billingAccountId,
  displayName: z.string(),
  open: z.boolean().default(true),
  currencyCode: z.string().default('USD'),
  /** The organisation it belongs to. */
  organization: number.optional(),
  /** Most projects that can be linked to it. */
  mostProjects: z.int().nonnegative().optional(),
  policy: policy.optional(),
});

/** A world file. */
export const WorldFile = z.strictObject({
  v: z.literal(1),
  /** The user whose token `simulate` prints. */
  operator: email,
  /** The project that `simulate` names: one that nobody has touched yet. */
  project: z.string(),
  organizations: z
    .array(
      z.strictObject({
        id: number,
        domain: z.string(),
        customerId: z.string().default('C00000000'),
        roles: z.array(role).default([]),
        ...governed,
      }),
    )
    .default([]),
  folders: z.array(z.strictObject({ id: number, displayName: z.string(), parent, ...governed })).default([]),
  projects: z.array(project).min(1),
  users: z
    .array(
      z.strictObject({
        email,
        token: z.string().min(8),
        /** Seconds of simulator time after the start at which the token expires. */
        tokenLifetime: z.number().nonnegative().optional(),
      }),
    )
    .min(1),
  billingAccounts: z.array(billingAccount).default([]),
  /** OIDC issuers that this world plays, besides GitHub's: the control API gives tokens of theirs. */
  oidcIssuers: z.array(https).default([]),
  /** Project IDs that projects elsewhere have, which nobody of this world sees. */
  takenProjectIds: z.array(z.string()).default([]),
  /** How many projects each principal can make. */
  projectQuota: z.int().nonnegative().default(20),
  groups: z.array(z.strictObject({ email, members: z.array(member) })).default([]),
  /** Calls a minute by metric, e.g. iam.googleapis.com/read_requests. */
  quotas: z.record(z.string(), z.int().nonnegative()).default({}),
  /** Many projects alike: ID-0001 and so on, numbered from `number`. */
  generate: z
    .strictObject({
      projects: z.int().min(1).max(100_000),
      prefix: z
        .string()
        .regex(/^[a-z][a-z0-9-]{2,19}$/, 'expected 3 to 20 lower-case letters, digits or hyphens')
        .default('generated'),
      parent: parent.optional(),
      number: z.int().positive().default(900_000_000_000),
      services: z
        .array(service)
        .default(['cloudresourcemanager.googleapis.com', 'serviceusage.googleapis.com']),
      policy: policy.optional(),
    })
    .optional(),
});

export type WorldFile = z.infer<typeof WorldFile>;
export type PolicyEntry = z.infer<typeof policy>;
export type RoleEntry = z.infer<typeof role>;
export type ProjectEntry = z.infer<typeof project>;
export type GovernedEntry = Pick<ProjectEntry, 'policy' | 'orgPolicies' | 'denyRules'>;
