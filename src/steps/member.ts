/** An e-mail address as policies name its owner (IAM docs, principal identifiers). */
export function asMember(email: string): string {
  return email.endsWith('.gserviceaccount.com') ? `serviceAccount:${email}` : `user:${email}`;
}

/** True if this member is certainly somebody else than the operator: of a group or a federated identity nobody can tell. */
export function isSomebodyElse(member: string, operator: string | undefined): boolean {
  return /^(?:user|serviceAccount):/.test(member) && operator !== undefined && asMember(operator) !== member;
}
