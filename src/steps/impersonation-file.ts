import { CredentialsError } from '../google/credentials.ts';
import type { SecretFile } from '../google/secret-file.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Change, Fact } from '../wizard/step.ts';
import type { Tools } from './goal.ts';
import { readKeyFile, refuseClosed, type LocalKey } from './key-file.ts';
import { occupied, refuseExposed } from './key-problems.ts';
import { isOperator } from './member.ts';

/** The credentials that programs on this machine act as the account with. `content`: what would be written. */
export type SeenFile =
  /** None is to be made, and `why` says so where a person should know. */
  | { kind: 'none'; why?: string }
  | { kind: 'absent'; content: SecretFile }
  | { kind: 'there'; text: string; openToOthers: boolean }
  /** It is there, and programs cannot act by it. */
  | { kind: 'broken'; content: SecretFile; why: string };

/** Whose file it is, and where. */
type Place = Record<'email' | 'member' | 'file', string>;

/**
 * Looks at the place of the file, and whether one can be made: it rests on the login of a person on this machine, which is
 * tried before it is copied, and again once it is. A key of the account that lies there is left as found.
 * @throws ProblemError where the place is taken or closed, git would publish what lies there, or what is there cannot be used
 *   and not be made anew either
 */
export async function seeFile(tools: Tools, place: Place): Promise<SeenFile> {
  const { cloud, login } = tools;
  const { email, member, file } = place;
  if (login === undefined || (await isOperator(member, cloud)) === false) return { kind: 'none' };
  const local = await readKeyFile(file);
  if (local.kind === 'acting' && local.email === email) {
    const { text, openToOthers } = local;
    const why = await flawOf(tools, text, member, file);
    if (why === undefined) return { kind: 'there', text, openToOthers };
    const made = await makeable(tools, login, place);
    if (typeof made !== 'string') return { kind: 'broken', content: made, why };
    throw new ProblemError(cannotUse(place, why, made));
  }
  if (local.kind !== 'none') {
    if (local.kind === 'key' && local.email === email)
      return { kind: 'none', why: `a key of the account lies in ${file}, and is left as found` };
    throw new ProblemError(occupied(file, whatIs(local)));
  }
  const made = await makeable(tools, login, place);
  if (typeof made === 'string') return { kind: 'none', why: `no credentials file was made: ${made}` };
  await Promise.all([refuseClosed(file), refuseExposed(file)]);
  return { kind: 'absent', content: made };
}

/** What the file would hold; in words why it would be of no use. */
async function makeable(
  tools: Tools,
  login: NonNullable<Tools['login']>,
  place: Place,
): Promise<SecretFile | string> {
  try {
    const content = await login(place.email);
    const flaw = await flawOf(tools, content.text(), place.member, 'your application default credentials');
    return flaw ?? content;
  } catch (error) {
    if (error instanceof CredentialsError) return error.message;
    throw error;
  }
}

/** In words why nobody acts as the account by the login in this text. Whether it may is for the validation to see. */
async function flawOf(tools: Tools, text: string, member: string, file: string): Promise<string | undefined> {
  try {
    const { source } = tools.byFile(text, file);
    if ((await isOperator(member, source)) !== false) {
      await source.whose();
      return undefined;
    }
    return `programs on this machine are signed in as ${(await source.whose()) ?? 'somebody else'}, not as ${member}`;
  } catch (error) {
    if (error instanceof CredentialsError) return error.message;
    throw error;
  }
}

function cannotUse({ file, member }: Place, why: string, made: string) {
  return {
    mover: 'person' as const,
    what: `programs cannot act as the account by ${file}: ${why}`,
    why: made === why ? undefined : `it cannot be made anew either: ${made}`,
    next: `sign in as ${member.replace(/^\w+:/, '')} (gcloud auth application-default login), then run this again`,
    exit: 'blocked' as const,
  };
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
  if (seen.kind === 'broken')
    return change({
      sign: '~',
      from: seen.why,
      to: 'holds your login of now; only you can read it',
      why: `programs of yours cannot act as ${email} by it`,
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
