import * as z from 'zod';

import {
  billingAccountId,
  email,
  governed,
  https,
  instant,
  number,
  parent,
  policy,
  role,
  service,
} from './world-schema-parts.ts';

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
  lastAuthenticated: instant.optional(),
  created: instant.default(Date.parse('2024-02-29T09:30:00Z')),
  policy: policy.optional(),
  /** Public halves (SPKI, PEM) of keys whose private halves are somewhere else. */
  keys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[0-9a-f]{40}$/, 'expected 40 hexadecimal digits'),
        publicKey: z.string(),
        disabled: z.boolean().default(false),
        /** Who made it; the user when left out, since Google keeps no private half elsewhere. */
        origin: z.enum(['GOOGLE_PROVIDED', 'USER_PROVIDED']).optional(),
        /** From when it counts (validAfterTime); from the account's making on when left out. */
        created: instant.optional(),
        /** Until when it counts (validBeforeTime); for good when left out. */
        expires: instant.optional(),
        lastAuthenticated: instant.optional(),
      }),
    )
    .default([]),
});

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

/** A bucket: nothing is kept in it. */
const bucket = z.strictObject({
  name: z.string().regex(/^[a-z0-9][-a-z0-9_.]{1,220}[a-z0-9]$/, 'expected the name of a bucket'),
  location: z.string().default('EU'),
});

/** A project of a world file. */
export const project = z.strictObject({
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
  buckets: z.array(bucket).default([]),
  ...governed,
});
