import * as z from 'zod';
import { globPattern } from './glob.ts';
import { fraction } from './random.ts';

const Then = z.discriminatedUnion('kind', [
  /** A Google error with this HTTP status; `reason` adds an ErrorInfo, `retryAfter` (seconds) the header. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    reason: z.string().optional(),
    message: z.string().optional(),
    retryAfter: z.number().optional(),
  }),
  /** Never answers; the connection stays open. */
  z.strictObject({ kind: z.literal('hang') }),
  /** Cuts the connection. */
  z.strictObject({ kind: z.literal('reset') }),
  /** An HTML page, as proxies and captive portals answer. */
  z.strictObject({ kind: z.literal('html'), status: z.int().min(200).max(599).default(200) }),
  /** Half of a JSON answer, as if it were all of it; `cut`: all of it is promised, and the connection is cut in between. */
  z.strictObject({ kind: z.literal('half'), cut: z.boolean().default(false) }),
  /** Answers as usual, but so many real milliseconds late. */
  z.strictObject({ kind: z.literal('delay'), milliseconds: z.number().nonnegative() }),
]);
/** The older name of `{"when": "after", "then": {"kind": "reset"}}`. */
const LoseAnswer = z.strictObject({ kind: z.literal('lose-answer') });

/** A fault rule, as POST /_/faults takes it. */
export const FaultRule = z.strictObject({
  /** Any method when absent. */
  method: z.string().optional(),
  /** A path with `*` for any text; any path when absent. The query is not looked at. */
  path: z.string().optional(),
  /** How many matching requests to spare first. */
  after: z.int().nonnegative().default(0),
  /** How many to hit then; without it, all. */
  times: z.int().positive().optional(),
  /** The share of matching requests to hit, seeded. */
  rate: z.number().min(0).max(1).default(1),
  /** Whether the request is handled first: then what it asked for is done, and the client does not know. */
  when: z.enum(['before', 'after']).default('before'),
  then: z.discriminatedUnion('kind', [...Then.options, LoseAnswer]),
});

export type FaultRule = z.infer<typeof FaultRule>;
/** What befalls a request, before it is handled or in place of its answer. */
export interface Fault {
  readonly when: FaultRule['when'];
  readonly then: z.infer<typeof Then>;
}

export interface Faults {
  /** The rules with how often each has matched and hit. */
  list(): readonly (FaultRule & { readonly matched: number; readonly hits: number })[];
  add(rules: readonly FaultRule[]): void;
  clear(): void;
  /** What befalls this request, if anything: the first rule that hits. */
  strike(method: string, path: string): Fault | undefined;
}

/** The fault rules of one simulator. */
export function createFaults(seed: number): Faults {
  let rules: { rule: FaultRule; pattern: RegExp; matched: number; hits: number }[] = [];
  return {
    list: () => rules.map(({ rule, matched, hits }) => ({ ...rule, matched, hits })),
    add(more) {
      for (const rule of more)
        rules.push({ rule, pattern: globPattern(rule.path ?? '*'), matched: 0, hits: 0 });
    },
    clear() {
      rules = [];
    },
    strike(method, path) {
      for (const [index, entry] of rules.entries()) {
        const { rule, pattern } = entry;
        if (rule.method && rule.method.toUpperCase() !== method) continue;
        if (!pattern.test(path)) continue;
        const count = entry.matched++;
        if (count < rule.after || entry.hits >= (rule.times ?? Infinity)) continue;
        if (fraction(seed, 'fault', index, count) >= rule.rate) continue;
        entry.hits++;
        return faultOf(rule);
      }
      return undefined;
    },
  };
}

function faultOf({ when, then }: FaultRule): Fault {
  return then.kind === 'lose-answer' ? { when: 'after', then: { kind: 'reset' } } : { when, then };
}
