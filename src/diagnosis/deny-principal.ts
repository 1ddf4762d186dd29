import { NO, YES, type Match } from './match.ts';

/** Whom a principal identifier is held against. */
export interface DeniedAccount {
  email: string;
  /** The resources that the account's own project lies in, itself first, by number: `projects/764086051850`, … */
  home?: readonly string[];
  /** The e-mail addresses of all its groups; absent: nobody knows. */
  groups?: readonly string[];
}

const RESOURCES = 'principalSet://cloudresourcemanager.googleapis.com/';
const GROUP = 'principalSet://goog/group/';

/** How deny policies call a service account (IAM v2, `DenyRule`). */
export function deniablePrincipal(email: string): string {
  return `principal://iam.googleapis.com/projects/-/serviceAccounts/${email}`;
}

/**
 * Whether a denied or excepted principal of a rule is the service account, or a set that holds it (IAM v2, `DenyRule`; IAM
 * docs, principal identifiers: sets of all principals or of all service accounts of a project, folder or organisation).
 */
export function coversAccount(principal: string, account: DeniedAccount): Match {
  if (principal === 'principalSet://goog/public:all') return YES;
  if (principal === deniablePrincipal(account.email)) return YES;
  if (principal.startsWith(GROUP)) {
    const group = principal.slice(GROUP.length);
    if (account.groups) return account.groups.includes(group) ? YES : NO;
    return { is: 'maybe', why: `whether ${account.email} is in the group ${group} is not known here` };
  }
  if (principal.startsWith(RESOURCES)) {
    const [, set = '', type] = /^(.*?)(?:\/type\/(.*))?$/u.exec(principal.slice(RESOURCES.length)) ?? [];
    if (type !== undefined && type !== 'ServiceAccount') return NO;
    if (account.home) return account.home.includes(set) ? YES : NO;
    return { is: 'maybe', why: `whether the account lies in ${set} is not known here` };
  }
  // Google does not say whether a customer's service accounts are among "all principals" of the customer.
  if (principal.startsWith('principalSet://goog/cloudIdentityCustomerId/'))
    return { is: 'maybe', why: `whether ${principal} holds service accounts is not documented` };
  // What is left names people, deleted ones, and identities of pools.
  return NO;
}
