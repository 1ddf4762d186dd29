import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { ApiError, iamDenied, invalidArgument, notFound } from '../errors.ts';
import { demand } from '../authorise.ts';
import { iam } from '../iam/service.ts';
import type { Resource } from '../resources.ts';
import { levelResource } from '../resources.ts';
import type { Service } from '../router.ts';

/** IAM v3, with a quota of its own: the prefix is [U]. */
export const iamV3: Service = { ...iam, quota: 'v3_' };

/** What a call's path names: `LEVEL/ID`. */
export function askedLevel({ params }: Call): readonly [level: string, id: string] {
  if (params.project !== undefined) return ['projects', params.project];
  if (params.folder !== undefined) return ['folders', params.folder];
  return ['organizations', params.organization ?? ''];
}

/**
 * The project, folder or organisation of a call, on which the caller holds the permission. Absent and forbidden look the
 * same ([U] for IAM v3).
 */
export function levelWith(call: Call, permission: string): Resource {
  const [level, id] = askedLevel(call);
  const resource = levelResource(call.world, level, id);
  if (!resource) throw iamDenied(permission, `${level}/${id}`);
  demand(call, permission, resource, `${level}/${id}`);
  if (param(call, 'location') !== 'global') throw invalidArgument('The only supported location is global.'); // [U]
  return resource;
}

/** The 404 for what is not there ([U] the text). */
export const absent = () => notFound('Requested entity was not found.');

/** The 409 for an ID that is taken. */
export const taken = () => new ApiError('ALREADY_EXISTS', 'Requested entity already exists');

/** An etag as IAM v3 gives them: a weak one of 16 bytes (IAM docs, examples; [U] which). */
export function weakEtag(stamp: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE(BigInt(stamp), 8);
  return `W/"${bytes.toString('base64')}"`;
}

/** 409 when an etag was sent that is not the stored one's ([U] the text). */
export function checkEtag(stamp: number, sent: string | null | undefined): void {
  if (sent && sent !== weakEtag(stamp))
    throw new ApiError('ABORTED', 'The etag does not match the one that is stored.');
}
