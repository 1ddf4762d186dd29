import { isUtf8 } from 'node:buffer';
import { notText, type EnvTrouble } from './env-trouble.ts';

/** The largest env file that is taken, in bytes. */
export const largestEnvFile = 1_048_576;

/** The text of an env file's bytes, a byte order mark included; or why there is none. */
export function envText(
  bytes: Uint8Array,
): { kind: 'text'; text: string } | { kind: 'refused'; trouble: EnvTrouble } {
  if (bytes.length > largestEnvFile)
    return {
      kind: 'refused',
      trouble: {
        kind: 'too-large',
        what: 'it is larger than 1 MB',
        why: 'no env file is that large',
        next: 'give another place',
      },
    };
  if (!isUtf8(bytes))
    return { kind: 'refused', trouble: notText(firstBadLine(bytes), 'bytes that are not UTF-8') };
  return { kind: 'text', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
}

/** A line break is never part of a longer UTF-8 sequence, so lines can be judged one by one. */
function firstBadLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
