import type { Ability, Place } from './graph.ts';

/** As people call it: "the project acme-video", "the bucket acme-reports". */
export function placeName({ kind, id }: Place): string {
  switch (kind) {
    case 'project':
      return `the project ${id}`;
    case 'folder':
      return `the folder ${id}`;
    case 'organization':
      return `the organisation ${id}`;
    case 'account':
      return `the account ${id}`;
    case 'bucket':
      return `the bucket ${id}`;
    case 'run-service':
      return `the Cloud Run service ${id}`;
  }
}

/** The same, where the account itself is one of the places. */
export function placeSeen(place: Place, account: string): string {
  return place.kind === 'account' && place.id === account ? 'the account itself' : placeName(place);
}

/** Who a principal from elsewhere is, for people; others as policies name them (IAM docs, principal identifiers). */
export function memberLabel(member: string): string {
  const { pool, kind, value } =
    /^principal(?:Set)?:\/\/iam\.googleapis\.com\/.+\/workloadIdentityPools\/(?<pool>[^/]+)\/(?:attribute\.)?(?<kind>[^/]+)(?:\/(?<value>.+))?$/u.exec(
      member,
    )?.groups ?? {};
  if (pool === undefined) return member;
  const who = kind === '*' ? 'everybody' : `${kind ?? ''} ${value ?? ''}`;
  return `${who} by the pool ${pool}`;
}

/** What follows a member: "user:ada@acme.com gets tokens of it". */
export const abilityWords: Readonly<Record<Ability, string>> = {
  tokens: 'gets tokens of it',
  attach: 'runs things as it',
  keys: 'makes keys of it',
  policy: 'decides who else may',
};

/** The last part of a custom role's name; a predefined one as it is. */
export function roleLabel(name: string): string {
  return name.startsWith('roles/') ? name : name.slice(name.lastIndexOf('/') + 1);
}
