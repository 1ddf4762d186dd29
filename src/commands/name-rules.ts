import { Buffer } from 'node:buffer';

/** The names that a person may give. */
export type NameKey = 'roleId' | 'roleTitle' | 'accountId' | 'accountName';

/** What a name is called, the flag that gives it, and what Google takes. */
export interface NameRule {
  noun: string;
  flag: string;
  /** "use 3 to 64 letters …", in words that name the remedy. */
  remedy: string;
  /** A name that would do. */
  example: string;
  fits: (text: string) => boolean;
}

const short = (text: string): boolean =>
  text.trim() !== '' && Buffer.byteLength(text) <= 100 && !/\p{C}/u.test(text);

/** Google's rules for the names (IAM API v1: roles.create, serviceAccounts.create). */
export const nameRules: Readonly<Record<NameKey, NameRule>> = {
  roleId: {
    noun: 'role ID',
    flag: '--role-id',
    remedy: 'use 3 to 64 letters, digits, dots and underscores',
    example: 'RemotionSA2',
    fits: (text) => /^[a-zA-Z0-9_.]{3,64}$/.test(text),
  },
  roleTitle: {
    noun: 'role title',
    flag: '--role-title',
    remedy: 'use at most 100 bytes of text in one line',
    example: 'Renderer',
    fits: short,
  },
  accountId: {
    noun: 'account ID',
    flag: '--account-id',
    remedy: 'use 6 to 30 lower-case letters, digits and hyphens, beginning with a letter',
    example: 'remotion-sa2',
    fits: (text) => /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(text),
  },
  accountName: {
    noun: 'display name',
    flag: '--account-name',
    remedy: 'use at most 100 bytes of text in one line',
    example: 'Renderer',
    fits: short,
  },
};

export const projectIdRemedy =
  'a project ID has 6 to 30 lower-case letters, digits and hyphens, and begins with a letter';

/** True if this can be a project's ID (Resource Manager; old ones carry a domain before a colon). */
export function isProjectId(text: string): boolean {
  return /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(text);
}
