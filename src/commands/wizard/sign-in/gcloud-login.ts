import type { Note } from '../../../wizard/question.ts';
import type { Talk } from '../talk.ts';

/** The two logins that gcloud offers: its own, and the one for programs. */
export const logins = {
  'gcloud-login': ['auth', 'login'],
  'adc-login': ['auth', 'application-default', 'login'],
} as const;

export type Login = keyof typeof logins;

/** Where gcloud is to be had, and what does without it, in one line. */
export const withoutGcloud =
  'gcloud is not installed: get it from https://cloud.google.com/sdk/docs/install; a service account key or a file with an access token will do, too.';

/**
 * Runs one of gcloud's logins in the terminal, which is gcloud's while it lasts, Ctrl-C included.
 * @returns what happened, for the question that is asked next, and whether it went well
 */
export async function logInWithGcloud(
  login: Login,
  { talk, env }: { talk: Talk; env: NodeJS.ProcessEnv },
): Promise<{ note: Note; ok: boolean }> {
  const args = [...logins[login], ...(hasBrowser(env) ? [] : ['--no-launch-browser'])];
  // Loaded when it is needed: the first screen does not wait for it.
  const { execa } = await import('execa');
  const result = await talk.conversation.handOver(() =>
    leavingInterruptsToIt(async () => {
      // What is needed of it, and not the whole: to compare execa's type with itself takes tsc seconds.
      const { failed, code, exitCode, signal } = await execa('gcloud', args, {
        env,
        extendEnv: false,
        stdio: 'inherit',
        reject: false,
        cancelSignal: talk.signal,
      });
      return { failed, code, exitCode, signal };
    }),
  );
  talk.signal.throwIfAborted();
  const command = `gcloud ${logins[login].join(' ')}`;
  if (!result.failed) return { ok: true, note: { tone: 'note', text: `${command}: done.` } };
  return { ok: false, note: { tone: 'attention', text: failure(command, result) } };
}

function failure(
  command: string,
  { code, exitCode, signal }: { code?: string; exitCode?: number; signal?: string },
): string {
  if (code === 'ENOENT') return withoutGcloud;
  // A shell around gcloud turns its SIGINT into 128 + 2.
  if (signal === 'SIGINT' || exitCode === 130) return `${command} was cancelled: nothing has changed.`;
  const how =
    exitCode === undefined ? `was ended by ${signal ?? 'the system'}` : `failed with exit code ${exitCode}`;
  return `${command} ${how}; what it said stands above. Try again, or choose another way.`;
}

/**
 * Whether gcloud can open a browser that the person sees: not over SSH, and not on a Linux without a screen. Without one it
 * prints a link, and takes the code that Google shows there (gcloud reference, auth login, --no-launch-browser).
 */
export function hasBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
  if (env['SSH_CONNECTION'] || env['SSH_TTY']) return false;
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

/** The terminal sends Ctrl-C to all that run in it; while another program is in front, it means that program only. */
async function leavingInterruptsToIt<T>(run: () => PromiseLike<T>): Promise<T> {
  const ours = process.listeners('SIGINT');
  const deaf = (): void => undefined;
  process.on('SIGINT', deaf);
  for (const listener of ours) process.off('SIGINT', listener);
  try {
    return await run();
  } finally {
    for (const listener of ours) process.on('SIGINT', listener);
    process.off('SIGINT', deaf);
  }
}
