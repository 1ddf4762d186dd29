const quote = 0x22;
const backslash = 0x5c;
const open = 0x7b;
const close = 0x7d;

/**
 * The texts of the JSON objects that lie a number of braces deep, one by one, so that nothing larger than one of them is
 * ever parsed.
 * @param bytes UTF-8; none of the characters looked for is part of a longer sequence
 * @param depth 1: objects of a list; 2: objects within those
 * @returns undefined as the last one where the bytes end within a text or an object
 */
export function* objectsIn(bytes: Buffer, depth: number): Generator<string | undefined> {
  let deep = 0;
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      at = endOfText(bytes, at);
      if (at === -1) {
        yield undefined;
        return;
      }
    } else if (byte === open) {
      deep += 1;
      if (deep === depth) start = at;
    } else if (byte === close) {
      if (deep === depth) yield bytes.toString('utf8', start, at + 1);
      deep -= 1;
    }
  }
  if (deep !== 0) yield undefined;
}

/** Where the text that begins here ends; -1 where it does not. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(quote, from + 1); at !== -1; at = bytes.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (bytes[at - 1 - slashes] === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
