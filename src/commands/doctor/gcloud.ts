import * as z from 'zod';
import type { Checks } from './check.ts';

/** gcloud starts Python: slow machines take their time, in ms. */
const DEADLINE_MS = 20_000;
const versions = z.object({ 'Google Cloud SDK': z.string() });

/** Which gcloud is there. It is not needed where other credentials are. */
export async function gcloud(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Checks[]> {
  const { execa } = await import('execa');
  const options = { env, extendEnv: false, stdin: 'ignore', timeout: DEADLINE_MS, reject: false } as const;
  const result = await execa('gcloud', ['version', '--format=json', '--quiet'], {
    ...options,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  return [{ title: 'gcloud', checks: [{ name: 'gcloud', ...told(result) }] }];
}

function told(result: { failed: boolean; code?: string; timedOut: boolean; stdout: string }) {
  if (result.code === 'ENOENT') return { text: 'not installed; it is not needed' };
  const read = result.failed ? undefined : versions.safeParse(json(result.stdout)).data;
  if (read !== undefined) return { text: read['Google Cloud SDK'] };
  const text = result.timedOut ? 'gives no answer' : 'does not tell its version';
  return { text, remedy: 'look at what it says: gcloud version' };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
