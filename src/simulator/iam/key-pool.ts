import { generateRsaPair } from '../rsa.ts';
import type { World } from '../world.ts';

type Pair = Awaited<ReturnType<typeof generateRsaPair>>;

/** One pair in the making a world: whoever creates an account, or turns IAM on, is likely to ask for a key next. */
const waiting = new WeakMap<World, Promise<Pair>>();

/** Starts making a pair in the background, if none is waiting. */
export function warmKeyPool(world: World): void {
  if (waiting.has(world)) return;
  const pair = generateRsaPair();
  pair.catch(() => waiting.delete(world)); // Whoever takes it meets the failure; the next one starts afresh.
  waiting.set(world, pair);
}

/** A pair of 2,048 bits that nobody else has: the waiting one, or a new one. */
export function takeKeyPair(world: World): Promise<Pair> {
  const pair = waiting.get(world);
  waiting.delete(world);
  return pair ?? generateRsaPair();
}
