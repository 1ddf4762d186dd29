import { CredentialsError } from '../google/credentials.ts';
import type { SecretFile } from '../google/secret-file.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Change, Fact } from '../wizard/step.ts';
import type { Tools } from './goal.ts';
import { readKeyFile, refuseClosed, type LocalKey } from './key-file.ts';
import { isSomebodyElse } from './member.ts';
import { occupied, refuseExposed } from './key-problems.ts';

/** The credentials that programs on this machine act as the account with. `content`: what would be written. */
export type SeenFile =
  /** None is to be made, and `why` says so where a person should know. */
  | { kind: 'none'; why?: string }
  | { kind: 'absent'; content: SecretFile }
  | { kind: 'there'; openToOthers: boolean };

/**
 * Looks at the place of the file, and whether one can be made: it rests on the login of a person on this machine. A key of
 * the account that lies there is left as found.
 * @throws ProblemError where the place is taken or closed, or git would publish what lies there
 */
export async function seeFile(
  { cloud, login }: Tools,
  { email, member, file }: Record<'email' | 'member' | 'file', string>,
): Promise<SeenFile> {
  if (login === undefined || isSomebodyElse(member, cloud.email)) return { kind: 'none' };
  const local = await readKeyFile(file);
  if (local.kind === 'acting' && local.email === email)
    return { kind: 'there', openToOthers: local.openToOthers };
  if (local.kind !== 'none') {
    if (local.kind === 'key' && local.email === email)
      return { kind: 'none', why: `a key of the account lies in ${file}, and is left as found` };
    throw new ProblemError(occupied(file, whatIs(local)));
  }
  try {
    const content = await login(email);
    await Promise.all([refuseClosed(file), refuseExposed(file)]);
    return { kind: 'absent', content };
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    return { kind: 'none', why: `no credentials file was made: ${error.message}` };
  }
}

function whatIs(local: Exclude<LocalKey, { kind: 'none' }>): string {
  if (local.kind === 'other') return local.found;
  if (local.kind === 'closed') return 'a file that nobody can read';
  return `${local.kind === 'key' ? 'a key' : 'credentials'} of ${local.email}`;
}

/** What is to be done about the file. */
export function fileChanges(
  seen: SeenFile,
  { email, file, source }: Record<'email' | 'file' | 'source', string>,
) {
  const change = (rest: Pick<Change, 'sign' | 'from' | 'to' | 'why'>): Change[] => [
    { what: 'credentials', name: file, source, requires: [], ...rest },
  ];
  if (seen.kind === 'absent')
    return change({
      sign: '+',
      to: `let programs of yours act as ${email}; only you can read it`,
      why: 'it holds your own login and no key: who finds a copy can do what you can, until you take the login back',
    });
  if (seen.kind === 'there' && seen.openToOthers)
    return change({
      sign: '~',
      from: 'others on this machine can read it',
      to: 'only you can read it',
      why: 'whoever reads it can do what you can',
    });
  return [];
}

/** What there is to know about the file. */
export function fileFacts(seen: SeenFile, file: string): Fact[] {
  if (seen.kind === 'there') return [{ tone: 'note', text: `credentials ${file}` }];
  return seen.kind === 'none' && seen.why !== undefined ? [{ tone: 'note', text: seen.why }] : [];
}
