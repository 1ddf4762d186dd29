import * as z from 'zod';

import {
  accessBoundary,
  billingAccountId,
  email,
  governed,
  https,
  member,
  number,
  parent,
  policy,
  role,
  service,
} from './world-schema-parts.ts';
import { project } from './world-schema-project.ts';

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
        accessBoundaries: z.array(accessBoundary).default([]),
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
        /** Of a login for programs, which `POST /token` gives access tokens for. */
        refreshToken: z.string().min(8).optional(),
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
export type GovernedEntry = Pick<
  ProjectEntry,
  'policy' | 'orgPolicies' | 'denyRules' | 'denyPolicies' | 'policyBindings'
>;
export type OrganizationEntry = WorldFile['organizations'][number];
