import * as z from 'zod';
import { isMember, isServiceAgent } from './member.ts';
import { placeOf } from './place.ts';
import { isPrintable } from './printable.ts';
import type { Profile } from './profile.ts';
import type { RuleId } from './rules.ts';

/** Where zod wants a message it gets the ID of a rule; `explain.ts` turns it into words with line and remedy. */
const say = (rule: RuleId) => ({ error: rule });

/** A text on one line: block scalars of YAML end in a line break, which is not meant. */
const line = (rule: RuleId, { bytes, characters }: { bytes?: number; characters?: number }) =>
  z
    .string(say(rule))
    .transform((text) => text.trim().replace(/\s+/gu, ' '))
    .refine(
      (text) =>
        text !== '' &&
        isPrintable(text) &&
        (bytes === undefined || Buffer.byteLength(text) <= bytes) &&
        (characters === undefined || Array.from(text).length <= characters),
      say(rule),
    );

const sentence = line('line', { characters: 500 });
const name = (rule: RuleId, pattern: RegExp) => z.string(say(rule)).regex(pattern, say(rule));
const list = <T extends z.ZodType>(rule: RuleId, item: T) => z.array(item, say(rule));

const link = z
  .string(say('link'))
  .refine((text) => /^https:\/\/[!-~]{1,500}$/u.test(text) && URL.canParse(text), say('link'));

const label = /^[a-z][a-z0-9-]{0,62}$/u;

// Permissions of some partners and of workforce pools carry a domain: iam.googleapis.com/workforcePools.get
const permissionName =
  /^(?:[a-z][a-z0-9-]*\.|[a-z0-9-]+(?:\.[a-z0-9-]+)+\/)[a-zA-Z][a-zA-Z0-9_]*\.[a-zA-Z][a-zA-Z0-9_]*$/u;

const on = z
  .string(say('on'))
  .refine((text) => !isServiceAgent(text.replace(/^account\//u, '')), {
    error: 'agentPlace' satisfies RuleId,
    abort: true,
  })
  .refine((text) => placeOf(text) !== undefined, say('on'));

const permission = z.strictObject(
  {
    name: name('permissionName', permissionName).max(200, say('permissionName')),
    why: sentence,
    source: name('source', label).default('ours'),
    warning: sentence.optional(),
    on: on.optional(),
  },
  say('permission'),
);

const service = z.strictObject(
  {
    name: name('serviceName', /^[a-z][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,3}\.googleapis\.com$/u),
    why: sentence,
  },
  say('service'),
);

/** Google's limits on a custom role: IAM docs, "Creating and managing custom roles". */
const role = z.strictObject(
  {
    id: name('roleId', /^[a-zA-Z0-9_.]{3,64}$/u),
    title: line('roleTitle', { bytes: 100 }),
    description: line('roleDescription', { bytes: 300 }).optional(),
    stage: z.enum(['ALPHA', 'BETA', 'GA'], say('roleStage')).default('GA'),
  },
  say('role'),
);

const predefined = /^roles\/[a-zA-Z0-9_.]{1,128}$/u;
/** A custom role that an organisation has, for all of its projects. */
const organizations = /^organizations\/\d{1,20}\/roles\/[a-zA-Z0-9_.]{3,64}$/u;

/** Google's limits on a condition: IAM docs, "Attributes for conditions" (expression: 12,800 bytes). */
const condition = z.strictObject(
  {
    title: line('roleTitle', { bytes: 100 }),
    expression: line('expression', { bytes: 12_800 }),
    description: line('accountDescription', { bytes: 256 }).optional(),
  },
  say('condition'),
);

const grant = z.strictObject(
  {
    role: z
      .string(say('grantRole'))
      .refine(
        (role) => role === 'custom' || predefined.test(role) || organizations.test(role),
        say('grantRole'),
      ),
    on: on.default('project'),
    why: sentence.optional(),
    condition: condition.optional(),
  },
  say('grant'),
);

const team = z.strictObject(
  {
    role: name('teamRole', predefined),
    members: list(
      'members',
      z
        .string(say('member'))
        .refine((member) => !isServiceAgent(member), { error: 'agent' satisfies RuleId, abort: true })
        .refine(isMember, say('member')),
    ).default([]),
    why: sentence,
  },
  say('teamGrant'),
);

/** Google's limits on a service account: IAM API, `projects.serviceAccounts.create`. */
const account = z.strictObject(
  {
    id: name('accountId', /^(?=.{6,30}$)[a-z][-a-z0-9]*[a-z0-9]$/u),
    displayName: line('displayName', { bytes: 100 }),
    description: line('accountDescription', { bytes: 256 }).optional(),
  },
  say('account'),
);

const key = z.strictObject(
  { maxAgeDays: z.int(say('maxAgeDays')).min(1, say('maxAgeDays')).max(3650, say('maxAgeDays')) },
  say('key'),
);

const envName = name('envName', /^[A-Za-z_][A-Za-z0-9_]{0,127}$/u).optional();

/** Each field of a profile by itself. */
export const fields = {
  name: name('name', label),
  title: line('roleTitle', { bytes: 100 }),
  summary: sentence,
  link: link.optional(),
  status: z
    .strictObject(
      {
        stage: z.enum(['alpha', 'beta', 'stable', 'deprecated'], say('statusStage')),
        note: sentence.optional(),
      },
      say('status'),
    )
    .default({ stage: 'stable' }),
  sources: z
    .record(
      name('source', label).refine((text) => text !== 'ours', say('ours')),
      z.strictObject({ title: sentence, link: link.optional() }, say('reasonSource')),
      say('sources'),
    )
    .default({}),
  services: list('services', service),
  role: role.optional(),
  account,
  key: key.optional(),
  permissions: list('permissions', permission).max(3000, say('permissions')).default([]),
  grants: list('grants', grant)
    .min(1, say('grants'))
    .default([{ role: 'custom', on: 'project' }]),
  team: list('team', team).default([]),
  next: list('next', z.strictObject({ run: sentence, why: sentence.optional() }, say('command'))).default([]),
  env: z
    .strictObject(
      {
        ...{ privateKey: envName, privateKeyId: envName, clientEmail: envName, projectId: envName },
        ...{ keyFile: envName, credentialsJson: envName },
      },
      say('env'),
    )
    .default({}),
};

/**
 * Checks a parsed profile file against Google's limits and fills in what may be left out: `status` (stable),
 * `role.stage` (GA), a permission's `source` (ours), `grants` (the custom role, on the project), what a grant is `on`
 * (the project), `permissions`, `sources`, `team`, `next` and `env` (empty).
 * What fields ask of each other is told by `refusals.ts`.
 */
export const profileSchema: z.ZodType<Profile> = z.strictObject(fields, say('profile'));
