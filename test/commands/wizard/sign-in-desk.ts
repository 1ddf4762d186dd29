import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { signIn, type SignInOptions } from '../../../src/commands/wizard/sign-in.ts';
import { person, type Line } from './person.ts';

/** A person's machine: a home folder of its own, an environment in which nothing else is found, and a current folder. */
export interface Desk {
  home: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Writes a file below the home folder and gives its path. */
  file: (name: string, text: string) => Promise<string>;
  /** Puts a program named gcloud on PATH: what `auth list` prints, and what either login does, in shell. */
  gcloud: (parts: { accounts?: readonly object[] | string; login?: string }) => Promise<void>;
  /** What gcloud was started with, a line a time. */
  started: () => Promise<string[]>;
  /** Follows the script through the sign-in; gives how it ended, and what the person was told. */
  signIn: (script: readonly Line[], options?: Partial<SignInOptions>) => Promise<Outcome>;
}

interface Outcome {
  ending: Awaited<ReturnType<typeof signIn>>;
  told: ReturnType<typeof person>;
}

export const ADA = { account: 'ada@acme.com', status: '' };
export const BOB = { account: 'bob@acme.com', status: 'ACTIVE' };

/** A person's login with a value of no worth, as `gcloud auth application-default login` leaves it. */
export const USER = JSON.stringify({
  type: 'authorized_user',
  client_id: 'c',
  client_secret: 'SECRET',
  refresh_token: 'SECRET',
  account: 'ada@acme.com',
});

/** Sits down at a new desk, which is gone when the test ends. */
export async function desk(): Promise<Desk> {
  const home = await mkdtemp(join(tmpdir(), 'iamready-desk-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  // Google's library asks this process's own environment whether it runs on a Google machine.
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  onTestFinished(() => void vi.unstubAllEnvs());
  const cwd = join(home, 'work');
  const bin = join(home, 'bin');
  const log = join(home, 'started');
  await mkdir(cwd);
  const env: NodeJS.ProcessEnv = {
    HOME: home,
    PATH: bin,
    XDG_CONFIG_HOME: join(home, '.config'),
    CLOUDSDK_CONFIG: join(home, '.config', 'gcloud'),
    DISPLAY: ':0',
  };
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(home, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  };
  return {
    home,
    cwd,
    env,
    file,
    async gcloud({ accounts = [], login = 'exit 0' }) {
      const list = typeof accounts === 'string' ? accounts : `cat "${home}/accounts"`;
      if (typeof accounts !== 'string') await file('accounts', JSON.stringify(accounts));
      const script = [
        '#!/bin/sh',
        'PATH=/usr/bin:/bin',
        `echo "$@" >> "${log}"`,
        `case "$*" in "auth list"*) ${list} ;; *login*) ${login} ;; *) exit 9 ;; esac`,
      ];
      await chmod(await file('bin/gcloud', `${script.join('\n')}\n`), 0o755);
    },
    async started() {
      const text = await readFile(log, 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    async signIn(script, options = {}) {
      const told = person(script);
      const asked = { flags: {}, endpoint: undefined, env, home, cwd, canGoBack: false, ...options };
      const ending = await signIn(told.talk, asked);
      if (told.rest().length > 0) throw new Error(`nobody asked for ${JSON.stringify(told.rest())}`);
      return { ending, told };
    },
  };
}
