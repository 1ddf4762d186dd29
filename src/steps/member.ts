import type { Cloud } from '../google/cloud.ts';

/** An e-mail address as policies name its owner (IAM docs, principal identifiers). */
export function asMember(email: string): string {
  return email.endsWith('.gserviceaccount.com') ? `serviceAccount:${email}` : `user:${email}`;
}

/**
 * Whether a member is who calls here; undefined where nobody can tell: Google does not say whose the token is, or the member
 * is a group or a federated identity. Asks nothing but that, and once a run.
 * @throws {CloudError | CredentialsError} there is no token, or no answer
 */
export async function isOperator(member: string, cloud: Cloud): Promise<boolean | undefined> {
  if (!isOne(member)) return undefined;
  const email = await cloud.whose();
  return email === undefined ? undefined : asMember(email).toLowerCase() === member.toLowerCase();
}

/** True if the member is one person or account. */
export function isOne(member: string): boolean {
  return /^(?:user|serviceAccount):/.test(member);
}
