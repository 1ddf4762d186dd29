/**
 * The etag of allow policies and custom roles: byte 0x07, then the microseconds of the last write as seven big-endian
 * bytes, in base64 (recorded).
 */
export function etagOf(stamp: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(stamp));
  bytes[0] = 7;
  return bytes.toString('base64');
}

/** The etag of a policy that was never written, on a resource that is not a project (recorded). */
export const EMPTY_POLICY_ETAG = 'ACAB';
