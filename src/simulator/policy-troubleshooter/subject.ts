import * as z from 'zod';
import { createAccessMemo } from '../authorise.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { deniableName } from '../deny.ts';
import { invalidArgument } from '../errors.ts';
import { readFullResourceName } from '../iam/full-resource-name.ts';
import type { Principal } from '../principals.ts';
import type { Resource } from '../resources.ts';
import { findAccount } from '../resources.ts';
import type { World } from '../world.ts';

const Peer = z.strictObject({ ip: z.string().optional(), port: z.string().optional() });

const Request = z.strictObject({
  accessTuple: z.strictObject({
    principal: z.string().default(''),
    fullResourceName: z.string().default(''),
    permission: z.string().default(''),
    permissionFqdn: z.string().optional(),
    conditionContext: z
      .strictObject({
        resource: z
          .strictObject({
            name: z.string().optional(),
            type: z.string().optional(),
            service: z.string().optional(),
          })
          .optional(),
        destination: Peer.optional(),
        request: z.strictObject({ receiveTime: z.iso.datetime({ offset: true }).optional() }).optional(),
        effectiveTags: z.array(z.unknown()).optional(),
      })
      .optional(),
  }),
});

/** What a call asks about: whether somebody has a permission on a resource, and when. */
export interface Subject {
  /** The tuple as it was sent. */
  readonly tuple: z.infer<typeof Request>['accessTuple'];
  readonly resource: Resource;
  /** In IAM v1's and in v2's naming. */
  readonly permission: string;
  readonly permissionFqdn: string;
  /** The call as if the principal had made it. */
  readonly as: Call;
  /** Simulator ms; undefined when the request tells no time. */
  readonly time: number | undefined;
}

/** A Google Account or a service account; one that nobody knows is in no policy. */
function principalOf(world: World, email: string): Principal {
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw invalidArgument(`Invalid principal ${email}.`); // [U] the text.
  if (!email.endsWith('.gserviceaccount.com')) return { kind: 'user', email };
  const account = findAccount(world, email);
  const { uniqueId = '', projectId = '' } = account ?? {};
  return { kind: 'serviceAccount', email, uniqueId, projectId };
}

/**
 * Reads the request. Throws 400 for what is no e-mail, permission or resource of this world ([U] the texts), and what
 * reading a full resource name throws.
 */
export function readSubject(call: Call): Subject {
  const { world } = call;
  const { catalog } = world;
  const { accessTuple: tuple } = readBody(call, Request);
  const principal = principalOf(world, tuple.principal);
  const permission = catalog.permissions.has(tuple.permission)
    ? tuple.permission
    : [...catalog.permissions.keys()].find((name) => deniableName(catalog, name) === tuple.permission);
  if (permission === undefined) throw invalidArgument(`Permission ${tuple.permission} is not valid.`);
  const named = readFullResourceName(call, tuple.fullResourceName);
  // Buckets and services have policies of their own here, too; they are not explained.
  if (named.kind === 'foreign') throw invalidArgument(`Resource ${tuple.fullResourceName} is not supported.`);
  const { resource } = named;
  const received = tuple.conditionContext?.request?.receiveTime;
  return {
    tuple,
    resource,
    permission,
    permissionFqdn: deniableName(catalog, permission),
    as: { ...call, principal, access: createAccessMemo(world, principal) },
    time: received === undefined ? undefined : Date.parse(received),
  };
}
