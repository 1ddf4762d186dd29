import fc from 'fast-check';

/** One change to a file or an answer, as plain data: fast-check draws it, `mutated` makes it. */
export type Mutation = ReturnType<typeof drawn> extends fc.Arbitrary<infer T> ? T : never;

const hostile = [
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202egnp.exe',
  '__proto__',
  'a\nb',
  '\u0000',
  'x'.repeat(70_000),
];

const ways = ['cut', 'flip', 'insert', 'remove', 'twice', 'replace', 'empty', 'mark', 'zeros'] as const;

/** What stands in a place of a JSON text instead. */
const value = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', [], {}, [null], { '': {} }),
  },
  { weight: 2, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

function drawn() {
  const at = fc.nat(1_000_000);
  return fc.oneof(
    // Bytes, wherever the text has a meaning or none.
    fc.record({
      kind: fc.constant('bytes' as const),
      how: fc.constantFrom(...ways),
      at,
      length: fc.nat(400),
      junk: fc.uint8Array({ minLength: 1, maxLength: 60 }),
    }),
    // One place of a JSON text, reached step by step.
    fc.record({
      kind: fc.constant('json' as const),
      steps: fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }),
      value,
    }),
  );
}

/** Any mutation. */
export const anyMutation: fc.Arbitrary<Mutation> = drawn();

/** The text after a mutation. One that needs JSON cuts a text that is none. */
export function mutated(text: Buffer, mutation: Mutation): Buffer {
  if (mutation.kind === 'bytes') return mutatedBytes(text, mutation);
  try {
    const json: unknown = JSON.parse(text.toString());
    const changed = changedAt(json, mutation.steps, mutation.value);
    return Buffer.from(changed === undefined ? '' : JSON.stringify(changed));
  } catch {
    return text.subarray(0, (mutation.steps[0] ?? 0) % (text.length + 1));
  }
}

function mutatedBytes(text: Buffer, { how, at, length, junk }: Extract<Mutation, { kind: 'bytes' }>): Buffer {
  const from = at % (text.length + 1);
  const to = Math.min(text.length, from + length);
  const [head, middle, tail] = [text.subarray(0, from), text.subarray(from, to), text.subarray(to)];
  const bytes = Buffer.from(junk);
  switch (how) {
    case 'cut':
      return head;
    case 'flip':
      return Buffer.concat([
        head,
        middle.map((byte, index) => (index === 0 ? byte ^ (1 << (length % 8)) : byte)),
        tail,
      ]);
    case 'insert':
      return Buffer.concat([head, bytes, middle, tail]);
    case 'remove':
      return Buffer.concat([head, tail]);
    case 'twice':
      return Buffer.concat([head, middle, middle, tail]);
    case 'replace':
      return bytes;
    case 'mark':
      return Buffer.concat([Buffer.from('\uFEFF'), text]);
    case 'zeros':
      return Buffer.concat([head, Buffer.alloc(middle.length), tail]);
    case 'empty':
      return Buffer.alloc(0);
  }
}

/** A JSON value with another one in the place that the steps lead to; `undefined` takes out what is there. */
function changedAt(json: unknown, [step = 0, ...rest]: readonly number[], put: unknown): unknown {
  if (typeof json !== 'object' || json === null) return put;
  const fields = Object.entries(json);
  const [name, inner] = fields[step % Math.max(1, fields.length)] ?? [];
  if (name === undefined) return put;
  const changed = rest.length === 0 ? put : changedAt(inner, rest, put);
  if (Array.isArray(json)) {
    const items: unknown[] = json;
    return items.flatMap((item, index) =>
      String(index) !== name ? [item] : changed === undefined ? [] : [changed],
    );
  }
  return Object.fromEntries(fields.map(([field, old]) => [field, field === name ? changed : old]));
}
