import * as z from 'zod';

const changeFields = {
  sign: z.enum(['+', '~', '-']),
  what: z.string(),
  name: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  why: z.string(),
  source: z.string(),
  gcloud: z.string().optional(),
  asks: z.literal(true).optional().describe('Somebody else has decided otherwise, and a person should say'),
};
const Change = z.strictObject(changeFields).meta({ id: 'Change' });
const Fact = z.strictObject({
  tone: z.enum(['note', 'attention']),
  text: z.string(),
  flag: z.string().optional().describe('Left as found unless this flag is given'),
});
const Check = z.strictObject({
  name: z.string(),
  ok: z.boolean(),
  cause: z.string().optional().describe('What stands in its way, where it was found out'),
  remedy: z.string().optional(),
});
const Wait = z.strictObject({ waitedFor: z.string(), ms: z.int().min(0) });
const Key = z
  .strictObject({
    id: z.string(),
    created: z.string().describe('ISO 8601'),
    ageDays: z.int().min(0),
    origin: z.enum(['google', 'uploaded']).describe('Made by Google, or uploaded by somebody'),
    disabled: z.boolean(),
    expires: z.string().optional().describe('ISO 8601; absent: never'),
    expired: z.boolean(),
    lastUsed: z
      .string()
      .nullable()
      .optional()
      .describe('The day it last signed in; null: not in the time that Google keeps; absent: not known'),
    file: z.string().optional().describe('The file on this machine that holds it'),
    inUse: z.literal(true).optional().describe('It is the key in the key file'),
  })
  .meta({ id: 'Key' });
const Problem = z
  .strictObject({
    mover: z.enum(['person', 'cloud', 'us']).describe('Whose move it is'),
    what: z.string(),
    why: z.string().optional(),
    next: z.string(),
    missing: z.array(z.string()).optional(),
    differences: z
      .array(z.string())
      .optional()
      .describe('apply: in what the cloud is not what it was when the plan was made'),
    keys: z
      .array(Key)
      .optional()
      .describe('The keys of the account, oldest first, where one has to be deleted: --delete-key=ID'),
    call: z
      .strictObject({
        api: z.string(),
        method: z.string(),
        httpStatus: z.int().optional(),
        status: z.string().optional(),
        reason: z.string().optional(),
      })
      .optional()
      .describe("Google's call that failed"),
  })
  .meta({ id: 'Problem' });
const Status = z.enum(['ready', 'differs', 'blocked', 'failed']);
const v = z.literal(1);

const Started = z.strictObject({
  v,
  type: z.literal('run.started'),
  command: z.enum(['setup', 'check', 'repair', 'undo', 'rotate', 'apply']),
  profile: z.string(),
  project: z.string(),
  email: z.string(),
  keyFile: z.string(),
  operator: z.string(),
  endpoint: z.string().nullable().describe('null: Google'),
  steps: z.array(z.string()),
  dryRun: z.boolean(),
  notices: z.array(z.string()).describe('What a person should know before anything else'),
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
const Role = z
  .strictObject({
    role: z.string(),
    title: z.string(),
    extra: z.int().describe('How many permissions it gives that are not missing'),
  })
  .meta({ id: 'Role' });
const Preflight = z
  .strictObject({
    v,
    type: z.literal('preflight'),
    operator: z.string(),
    project: z.string(),
    lacks: z.array(
      z.strictObject({
        permission: z.string(),
        on: z.string().describe('The resource: project/ID, bucket/NAME, organization/NUMBER'),
        stops: z.array(z.strictObject({ sign: z.string(), what: z.string(), name: z.string() })),
      }),
    ),
    remedies: z.array(
      z.strictObject({
        on: z.string(),
        permissions: z.array(z.string()),
        role: Role.nullable().describe('The smallest role that holds all of them; null where none does'),
        together: z.array(Role).describe('Narrower roles that hold them together'),
        heldByNone: z.array(z.string()),
        gcloud: z.array(z.string()).describe('For an administrator'),
      }),
    ),
    ask: z.array(z.strictObject({ member: z.string(), role: z.string(), on: z.string() })),
    possible: z.array(z.string()).describe('The steps that can be taken all the same: --partial'),
    message: z.string().describe('To be sent to whoever is asked, as it is'),
  })
  .describe('What the operator may not do of the plan, and who may; before the result');
const Result = z.strictObject({
  v,
  type: z.literal('result'),
  status: Status,
  exitCode: z.int().describe('That of the process'),
  states: z.record(z.string(), z.string()).optional(),
  changes: z.array(z.strictObject({ step: z.string(), ...changeFields })).optional(),
  taken: z
    .array(z.strictObject({ step: z.string(), ...changeFields }))
    .optional()
    .describe('undo: what was taken away'),
  stays: z
    .array(z.strictObject({ step: z.string(), text: z.string() }))
    .optional()
    .describe('undo: what is still there, and for how long'),
  refused: z
    .array(z.strictObject({ step: z.string(), problem: Problem }))
    .optional()
    .describe('undo: what is not ours any more'),
  email: z.string().optional(),
  keyFile: z.string().optional(),
  keyless: z
    .strictObject({
      kind: z.enum(['impersonation', 'github', 'attached']),
      label: z.string(),
      lines: z.array(z.string()).describe('What to do or to paste, to use the account'),
      intro: z.string().optional(),
      file: z.string().optional().describe('Credentials that were made for it, without a key in them'),
      provider: z.string().optional().describe('The full name of the provider that lets workflows in'),
    })
    .optional()
    .describe('How programs sign in as the account, where that is without a key'),
  missingFlag: z.string().optional(),
  planFile: z.string().optional().describe('--plan-out: where the plan was written, and nothing else was'),
  profile: z.string().optional().describe('permissions: which profile was printed'),
  permissions: z
    .int()
    .optional()
    .describe('permissions: how many it asks for; test-permissions: how many were tested'),
  project: z.string().optional().describe('test-permissions: where they were tested'),
  source: z
    .string()
    .optional()
    .describe('test-permissions: the file or variable that the credentials came from'),
  missing: z.array(z.string()).optional().describe('test-permissions, why: those that are not granted'),
  unexplained: z.array(z.string()).optional().describe('why: those for which no cause was found'),
  mistakes: z.int().optional().describe('profile check: how many there are'),
  problem: Problem.optional(),
  elapsedMs: z.int().optional(),
});
const Permission = z
  .strictObject({
    v,
    type: z.literal('permission'),
    name: z.string(),
    why: z.string(),
    source: z.string(),
    warning: z.string().optional(),
  })
  .describe('A line of `permissions --json`');
const Tested = z
  .strictObject({
    v,
    type: z.literal('test'),
    name: z.string(),
    granted: z.boolean(),
    why: z.string().optional().describe("The profile's reason"),
    reason: z
      .enum(['not-valid', 'no-grant', 'not-in-role', 'role-deleted', 'condition', 'denied', 'not-known'])
      .optional()
      .describe('Why it is missing, as far as that can be seen'),
    cause: z.string().optional(),
    remedy: z.string().optional(),
  })
  .describe('A line of `test-permissions --json`');
const Mistake = z
  .strictObject({
    v,
    type: z.literal('mistake'),
    severity: z
      .enum(['mistake', 'unsure'])
      .describe('unsure: it may be right, and the catalog does not know it'),
    file: z.string(),
    line: z.int().min(1),
    column: z.int().min(1),
    field: z.string().optional().describe('Absent where the file is no YAML'),
    value: z.string(),
    expected: z.string(),
    nearest: z.string().optional().describe('The valid value that is nearest'),
    what: z.string(),
    remedy: z.string(),
  })
  .describe('A line of `profile check --json`');
const Identity = z
  .strictObject({
    v,
    type: z.literal('identity'),
    principal: z.string().describe('For print: the account, or what stands for one that nobody tells'),
    email: z.string().nullable().describe('null: neither the credentials nor Google tell'),
    toldBy: z.enum(['credentials', 'google']).optional().describe('google: asked with the token'),
    kind: z.string(),
    from: z.string().describe('The flag, variable or place that the credentials come from'),
    through: z.array(z.string()).describe('By whose right it is acted as, the first of all first'),
    quotaProject: z.string().optional(),
    expires: z.string().optional().describe('When the token ends, ISO 8601; absent: nobody tells'),
    endpoint: z.string().nullable().describe('null: Google'),
  })
  .describe('Who calls are made as: `whoami --json`');
const NotTaken = z
  .strictObject({
    v,
    type: z.literal('not-taken'),
    principal: z.string(),
    where: z.string(),
    why: z.string(),
    take: z.string().optional().describe('The flag that takes them'),
  })
  .describe('Other credentials on this machine: a line of `whoami --json`');
const Cause = z
  .strictObject({
    v,
    type: z.literal('cause'),
    kind: z.string().describe('no-grant, not-in-role, role-deleted, denied and the like'),
    permissions: z.array(z.string()).describe('Those that it explains; none: it takes everything'),
    what: z.string(),
    remedy: z.string(),
    command: z.string().optional().describe('What mends it, as a shell takes it'),
    evidence: z
      .array(z.strictObject({ call: z.string(), resource: z.string(), said: z.string() }))
      .min(1)
      .describe('The calls that prove it, and what was answered'),
  })
  .describe('A line of `why --json`: what takes most comes first');
const Unread = z
  .strictObject({
    v,
    type: z.literal('unread'),
    what: z.string(),
    needs: z.string().describe('The permission that whoever looks would need'),
    said: z.string(),
  })
  .describe('What `why` could not read, and would have told more');
const Checked = z
  .strictObject({
    v,
    type: z.literal('checked'),
    group: z.string(),
    name: z.string(),
    ok: z.boolean(),
    text: z.string(),
    remedy: z.string().optional().describe('What to do; absent where it is well'),
  })
  .describe('A line of `doctor --json`');
const SimulatorReady = z
  .strictObject({
    v,
    type: z.literal('simulator.ready'),
    endpoint: z.string(),
    token: z.string().describe('Bearer token of the operator; good in this embedded cloud only'),
    project: z.string().describe('A project that nobody has touched'),
    principals: z
      .array(z.strictObject({ email: z.string(), token: z.string() }))
      .describe('Every user of the world with their bearer token, the operator first'),
  })
  .describe('The only line of `simulate`, which runs until it is ended');

const Labelled = z.strictObject({ label: z.string(), text: z.string() });
const Entry = z
  .strictObject({
    v,
    type: z.literal('entry'),
    kind: z.enum(['permission', 'role', 'method', 'note', 'service']),
    name: z.string(),
    title: z.string().optional(),
    says: z.string().optional(),
    facts: z.array(Labelled),
    notes: z.array(z.string()).describe('What to know besides, and in what the sources disagree'),
    lists: z.array(
      z.strictObject({
        title: z.string(),
        items: z.array(z.strictObject({ name: z.string(), text: z.string() })),
      }),
    ),
    sources: z.array(z.strictObject({ title: z.string(), date: z.string(), link: z.string().optional() })),
  })
  .describe('What `explain` knows of a thing');
const Found = z
  .strictObject({
    v,
    type: z.literal('found'),
    kind: z.enum(['permission', 'role', 'method', 'note']),
    name: z.string(),
    text: z.string(),
  })
  .describe('A line of `search --json`, the best first');
const Fit = z
  .strictObject({
    role: z.string(),
    title: z.string(),
    size: z.int().describe('How many permissions it holds'),
    extra: z.array(z.string()).describe('What it gives that was not asked for'),
    risks: z.array(z.strictObject({ name: z.string(), risk: z.string() })),
    missing: z.array(z.string()),
    lowest: z.enum(['organization', 'folder', 'project', 'resource']).optional(),
  })
  .meta({ id: 'Fit' });
const Suggestion = z
  .strictObject({
    v,
    type: z.literal('suggestion'),
    asked: z.array(z.string()),
    role: Fit.nullable().describe('The smallest role that holds all; null where none does'),
    together: z.array(Fit).describe('Roles that hold all together, where none does alone'),
    heldByNone: z.array(z.string()),
    custom: z.strictObject({
      permissions: z.array(z.string()),
      refused: z.array(z.strictObject({ name: z.string(), why: z.string() })),
    }),
    asOf: z.string().describe('The date of the roles'),
  })
  .describe('The only line of `suggest --json` before the result');
const Finding = z
  .strictObject({
    v,
    type: z.literal('finding'),
    kind: z.string(),
    title: z.string().describe('What findings of this kind are'),
    of: z.string(),
    says: z.string(),
    where: z.array(z.string()),
    sources: z.array(z.string()),
    why: z.string().optional().describe('Why it stays as it is; absent: it is to be mended'),
  })
  .describe('A line of `catalog lint --json`');
const Refreshed = z
  .strictObject({
    v,
    type: z.literal('refreshed'),
    file: z.string(),
    from: z.string(),
    date: z.string().describe('ISO 8601'),
    roles: z.int(),
    permissions: z.int(),
    testable: z.int().describe('How many of them Google answered for the project'),
  })
  .describe('What `catalog refresh` has kept');

/** Every line that `--json` prints, version 1. Fields may be added within a version, never changed or taken away. */
export const Event = z
  .discriminatedUnion('type', [
    Started,
    Step,
    Progress,
    Planned,
    Preflight,
    Permission,
    Tested,
    Identity,
    NotTaken,
    Checked,
    SimulatorReady,
    Entry,
    Found,
    Suggestion,
    Finding,
    Refreshed,
    Mistake,
    Cause,
    Unread,
    Result,
  ])
  .meta({
    title: 'iamready events',
    description: 'One JSON object a line on stdout. The last one is a result, but for `simulate`.',
  });

export type Event = z.infer<typeof Event>;
