/**
 * A number in [0, 1) that depends on the seed and the parts and on nothing else: no state, no wall time.
 * FNV-1a over the text, then Murmur3's finaliser, since FNV alone spreads short keys poorly.
 */
export function fraction(seed: number, ...parts: readonly (string | number)[]): number {
  const text = `${seed}|${parts.join('|')}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A string of decimal digits of the given length, without a leading zero, from the seed and the parts. */
export function digits(length: number, seed: number, ...parts: readonly (string | number)[]): string {
  let text = '';
  for (let i = 0; text.length < length; i++) {
    const digit = Math.floor(fraction(seed, ...parts, i) * 10);
    if (text !== '' || digit !== 0) text += String(digit);
  }
  return text;
}
