import { generateRsaPair, type RsaPair } from '../rsa.ts';
import type { World } from '../world.ts';

/** Where a world's pairs come from, if not made on the spot. */
const sources = new WeakMap<World, () => Promise<RsaPair>>();

/** One pair in the making a world: whoever creates an account, or turns IAM on, is likely to ask for a key next. */
const waiting = new WeakMap<World, Promise<RsaPair>>();

/** Takes the pairs of a world from a source, which gives none of them to it twice. */
export function takeKeyPairsFrom(world: World, source: () => Promise<RsaPair>): void {
  sources.set(world, source);
}

const makePair = (world: World): Promise<RsaPair> => sources.get(world)?.() ?? generateRsaPair();

/** Starts making a pair in the background, if none is waiting. */
export function warmKeyPool(world: World): void {
  if (waiting.has(world)) return;
  const pair = makePair(world);
  pair.catch(() => waiting.delete(world)); // Whoever takes it meets the failure; the next one starts afresh.
  waiting.set(world, pair);
}

/** A pair of 2,048 bits that nobody else has: the waiting one, or a new one. */
export function takeKeyPair(world: World): Promise<RsaPair> {
  const pair = waiting.get(world);
  waiting.delete(world);
  return pair ?? makePair(world);
}
