import { generateRsaPair, type RsaPair } from '../../src/simulator/rsa.ts';

/** More than any one world makes keys. */
const MOST = 24;
const pairs: Promise<RsaPair>[] = [];

/**
 * A source of real pairs for one world. Worlds share them, since they never meet; one world gets none twice.
 * @param from so many are left out, for another source of the same world
 */
export function keyPairs(from = 0): () => Promise<RsaPair> {
  let given = from;
  return () => {
    if (given === MOST) return generateRsaPair();
    return (pairs[given++] ??= generateRsaPair());
  };
}
