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
