import { Writable } from 'node:stream';

/** A stream that keeps what is written to it, as a terminal of some width. */
export function intoMemory(columns?: number) {
  const chunks: string[] = [];
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { out: Object.assign(out, columns === undefined ? {} : { columns }), text: () => chunks.join('') };
}
