import * as z from 'zod';

const Change = z.strictObject({
  sign: z.enum(['+', '~', '-']),
  what: z.string(),
  name: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  why: z.string(),
  source: z.string(),
  gcloud: z.string().optional(),
});
const Fact = z.strictObject({ tone: z.enum(['note', 'attention']), text: z.string() });
const Check = z.strictObject({ name: z.string(), ok: z.boolean() });
const Wait = z.strictObject({ waitedFor: z.string(), ms: z.int().min(0) });
const Problem = z.strictObject({
  mover: z.enum(['person', 'cloud', 'us']),
  what: z.string(),
  why: z.string().optional(),
  next: z.string(),
  missing: z.array(z.string()).optional(),
  call: z
    .strictObject({
      api: z.string(),
      method: z.string(),
      httpStatus: z.int().optional(),
      status: z.string().optional(),
      reason: z.string().optional(),
    })
    .optional(),
});
const Status = z.enum(['ready', 'differs', 'blocked', 'failed']);
const v = z.literal(1);

const Started = z.strictObject({
  v,
  type: z.literal('run.started'),
  command: z.enum(['setup', 'check']),
  profile: z.string(),
  project: z.string(),
  email: z.string(),
  keyFile: z.string(),
  operator: z.string(),
  endpoint: z.string().nullable().describe('null: Google'),
  steps: z.array(z.string()),
  dryRun: z.boolean(),
});
const Step = z.strictObject({
  v,
  type: z.literal('step'),
  step: z.string(),
  state: z.enum([
    'pending',
    'looking',
    'ready',
    'differs',
    'blocked',
    'declined',
    'acting',
    'settling',
    'failed',
  ]),
  changes: z.array(Change).optional(),
  facts: z.array(Fact).optional(),
  checks: z.array(Check).optional(),
  waits: z.array(Wait).optional(),
  problem: Problem.optional(),
});
const Progress = z.strictObject({
  v,
  type: z.literal('progress'),
  step: z.string(),
  waitingFor: z.string(),
  done: z.int().optional(),
  total: z.int().optional(),
  checks: z.array(Check).optional(),
  elapsedMs: z.int(),
  usuallyMs: z.int(),
});
const Planned = z.strictObject({
  v,
  type: z.literal('plan'),
  steps: z.array(z.strictObject({ step: z.string(), changes: z.array(Change) })),
});
const Result = z.strictObject({
  v,
  type: z.literal('result'),
  status: Status,
  exitCode: z.int(),
  states: z.record(z.string(), z.string()).optional(),
  changes: z.array(Change.extend({ step: z.string() })).optional(),
  email: z.string().optional(),
  keyFile: z.string().optional(),
  missingFlag: z.string().optional(),
  problem: Problem.optional(),
  elapsedMs: z.int().optional(),
});

/** Every line that `--json` prints, version 1. Fields may be added within a version, never changed or taken away. */
export const Event = z.discriminatedUnion('type', [Started, Step, Progress, Planned, Result]).meta({
  title: 'iamready events',
  description: 'One JSON object a line on stdout. The last one is a result.',
});

export type Event = z.infer<typeof Event>;
