import type { AccessGraph, Holder } from './graph.ts';
import { removalOf } from './remedies.ts';
import type { Risk } from './risk.ts';
import { inShort } from './risks-of-grants.ts';
import { abilitiesWords } from './told.ts';
import { placeName } from './words.ts';

/** What is to be said of who can use the account. */
export function risksOfUsers(graph: AccessGraph): Risk[] {
  const people = graph.holders.filter(({ agent, condition }) => !agent && condition?.over !== true);
  const named = (role: string): string => graph.roles[role]?.label ?? role;
  const isOpen = ({ member }: Holder): boolean =>
    member === 'allUsers' ||
    member === 'allAuthenticatedUsers' ||
    member.startsWith('domain:') ||
    isWholePool(member);
  const open = people.filter(isOpen);
  const above = people.filter((each) => !isOpen(each) && each.on.kind !== 'account');
  const isBasic = ({ role }: Holder): boolean => graph.roles[role]?.basic === true;
  const isAdministrator = ({ abilities }: Holder): boolean => abilities.includes('policy');
  const everyAccount = above.filter((each) => !isBasic(each) && !isAdministrator(each));
  const wide = above.filter((each) => isBasic(each) || isAdministrator(each));
  const programs = wide.filter(({ member }) => member.startsWith('serviceAccount:'));
  const inherent = wide.filter((each) => !programs.includes(each));
  return [
    ...open.map((holder): Risk => ({
      level: 'high',
      title: 'Many can use the account',
      what: `${holder.member} ${abilitiesWords(holder)} (${named(holder.role)} on ${placeName(holder.on)}): everybody in it can.`,
      remedy: 'Name those who are to use it, one by one or as a group, and take this line away.',
      commands: [removalOf(holder, graph)],
    })),
    ...everyAccount.map((holder): Risk => ({
      level: 'medium',
      title: 'Can use every account, and so this one',
      what: `${holder.member} has ${named(holder.role)} on ${placeName(holder.on)}: it reaches each service account there.`,
      remedy: `Grant it on ${graph.account.email} alone, if it is for this account.`,
      commands: [removalOf(holder, graph)],
    })),
    ...programs.map((holder): Risk => ({
      level: 'medium',
      title: 'Another account can use it',
      what: `${holder.member} ${abilitiesWords(holder)}, by ${named(holder.role)} on ${placeName(holder.on)}: whoever gets into that account gets into this one.`,
      remedy: 'Ask what that account needs, and give it that in place of this role.',
      commands: [removalOf(holder, graph)],
    })),
    ...(inherent.length === 0
      ? []
      : [
          {
            level: 'low' as const,
            title: 'Administrators can use it, too',
            what: `${inShort([...new Set(inherent.map(({ member }) => member))])} can run things as it, make keys or decide who may, by a role on ${inShort([...new Set(inherent.map(({ on }) => placeName(on)))])}.`,
            remedy:
              'Nothing, as long as you want them to administer it; they count among those who can use the account.',
            commands: [],
          },
        ]),
  ];
}

/** Every identity that a pool lets in, whoever vouches for it (IAM docs, principal identifiers). */
function isWholePool(member: string): boolean {
  return /^principalSet:\/\/iam\.googleapis\.com\/.+\/workloadIdentityPools\/[^/]+\/\*$/u.test(member);
}
