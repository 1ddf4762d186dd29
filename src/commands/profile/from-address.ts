import { join } from 'node:path';
import { fetchProfile, isAddress, type FetchedProfile } from '../../profile/fetch-profile.ts';
import { readProfile } from '../../profile/read-profile.ts';
import { wrap } from '../../print/layout.ts';
import { printed } from '../../print/printable.ts';
import { makeFolder } from '../../wizard/make-folder.ts';
import { ProblemError } from '../../wizard/problem.ts';
import { writeWhole } from '../../wizard/write-whole.ts';
import { stateFolder } from '../folders.ts';
import { InterruptedError } from '../interrupted.ts';
import { usage, unanswered } from '../usage.ts';

/** What says where a profile is, and that it is meant. */
export interface ProfileFlags {
  profile?: string | undefined;
  /** The hash of the text that somebody has looked at. */
  profileSha256?: string | undefined;
  stateDir?: string | undefined;
  json?: boolean | undefined;
}

/** Whom to ask, and where to show what is asked about. */
export interface Onlooker {
  out: NodeJS.WritableStream & { columns?: number };
  env: NodeJS.ProcessEnv;
  /** Asks; absent where nobody is there. */
  confirm?: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * The flags, with a profile that was named by an address in a file of this machine. It is fetched, and shown whole to
 * whoever confirms it; where nobody can, `--profile-sha256` says which text was looked at. A yes to the plan is none to
 * a stranger's file: what stands at an address can be another text tomorrow, and the hash is of the one that was read.
 * What was confirmed is kept, so that every later run reads those very bytes.
 * @throws ProfileError when it cannot be fetched or is no profile; ProblemError when nobody confirms it
 */
export async function withLocalProfile<T extends ProfileFlags>(
  flags: T,
  onlooker: Onlooker,
  signal: AbortSignal,
): Promise<T> {
  const { profile, profileSha256: wanted, stateDir } = flags;
  if (wanted !== undefined && !/^[\da-f]{64}$/iu.test(wanted))
    throw usage('--profile-sha256 takes the 64 hexadecimal digits of a SHA-256', 'sha256sum prints them');
  if (profile === undefined || !isAddress(profile)) {
    if (wanted === undefined) return flags;
    throw usage('--profile-sha256 goes with a profile that is named by an address', 'leave it out');
  }
  const fetched = await fetchProfile(profile, signal);
  // What is no profile is told before anybody reads it.
  readProfile(fetched.text, fetched.url);
  await confirmed(fetched, wanted?.toLowerCase(), onlooker);
  const folder = join(stateDir ?? stateFolder(onlooker.env), 'profiles');
  const file = join(folder, `${fetched.sha256}.yaml`);
  await makeFolder(folder);
  await writeWhole(file, fetched.text);
  return { ...flags, profile: file, profileSha256: undefined };
}

async function confirmed(
  { url, text, sha256, bytes }: FetchedProfile,
  wanted: string | undefined,
  { out, confirm }: Onlooker,
): Promise<void> {
  if (wanted === sha256) return;
  if (wanted !== undefined)
    throw new ProblemError({
      mover: 'person',
      what: `${url} is not what was looked at`,
      why: `its SHA-256 is ${sha256}, and not ${wanted}`,
      next: `look at it again: iamready permissions --profile=${url}`,
      exit: 'usage',
    });
  const withHash = `--profile-sha256=${sha256}`;
  if (confirm === undefined)
    throw unanswered(
      `nobody has confirmed ${url}: a stranger's file decides what the account may do`,
      `look at it (iamready permissions --profile=${url}), then say which text you mean: ${withHash}`,
    );
  const width = Math.max(30, Math.min(out.columns ?? 80, 100)) - 2;
  const lines = (words: string) => wrap(words, width).map((line) => `  ${line}`);
  out.write(
    printed([
      '',
      ...lines(`${url}, ${bytes} bytes, all of it:`),
      '',
      ...text
        .replace(/\n$/u, '')
        .split(/\r?\n/u)
        .map((line) => `  | ${line}`),
      '',
      ...lines(`Whoever wrote it decides what the account may do. Where nobody can answer: ${withHash}`),
    ]),
  );
  if (!(await confirm('Use this profile?')))
    throw new ProblemError({
      mover: 'person',
      what: 'the profile was not confirmed, and nothing was done',
      next: 'look at it as long as you like; the same command asks again',
      exit: 'blocked',
    });
}

/** Asks on this terminal, where a person is there. */
export function onlookerHere({ json }: { json?: boolean | undefined }, signal: AbortSignal): Onlooker {
  const someone = process.stdin.isTTY && process.stderr.isTTY && json !== true;
  const ask = async (message: string): Promise<boolean> => {
    const { confirm } = await import('../../faces/plain/confirm.ts');
    try {
      return await confirm({ message, default: false }, { signal, output: process.stderr });
    } catch (error) {
      // Ctrl-C at a question ends the run like Ctrl-C anywhere.
      if (error instanceof Error && error.name === 'ExitPromptError') throw new InterruptedError();
      throw error;
    }
  };
  return { out: process.stderr, env: process.env, ...(someone && { confirm: ask }) };
}
