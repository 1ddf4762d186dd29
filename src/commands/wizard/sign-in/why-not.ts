import { CredentialsError } from '../../../google/credentials.ts';

const fileErrors: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'you are not allowed to read it',
  EPERM: 'you are not allowed to read it',
};

/** Why a way to sign in cannot be used, and what would help, in one line. Throws on what is no CredentialsError: a bug. */
export function whyNot(error: unknown): string {
  if (!(error instanceof CredentialsError)) throw error;
  const { value, message, remedy } = error;
  if (error.kind === 'unreadable' && value !== undefined)
    return `${fileErrors[value] ?? `it cannot be read (${value})`}; ${remedy}`;
  return `${message}; ${remedy}`;
}
