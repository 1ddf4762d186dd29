import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ctrlC, type Keyboard } from './keyboard.ts';

/**
 * Waits so many ms, or until somebody presses a key: `key`, or `leave` for one that leaves. A pipe has no keys: what is
 * in it are answers.
 * @throws the reason of `signal`, where that ends.
 */
export async function waitForKey(
  ms: number,
  keyboard: Keyboard,
  signal: AbortSignal,
): Promise<'time' | 'key' | 'leave'> {
  const stop = new AbortController();
  const until = AbortSignal.any([signal, stop.signal]);
  const keys = keyboard.isTerminal ? await keyboard.open() : undefined;
  try {
    if (keys?.over.aborted) return 'leave';
    return await Promise.race([
      sleep(ms, 'time' as const, { signal: until }),
      ...(keys === undefined
        ? []
        : [
            once(keys.stream, 'data', { signal: until }).then(([key]) =>
              String(key).includes(ctrlC) ? 'leave' : 'key',
            ),
            once(keys.over, 'abort', { signal: until }).then(() => 'leave' as const),
          ]),
    ]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    stop.abort();
    keys?.close();
  }
}
