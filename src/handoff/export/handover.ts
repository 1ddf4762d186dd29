import * as z from 'zod';

const text = z.string();
const number = z.string().regex(/^\d+$/u);

const Condition = z.strictObject({ title: text, expression: text, description: text.optional() });

/** What has an allow policy. What a number or an address is left out of was not looked up. */
const Place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('project') }),
  z.strictObject({ kind: z.literal('organization'), id: number.optional() }),
  z.strictObject({
    kind: z.literal('account'),
    /** `own`: the account itself; `compute`: the default account of Compute Engine. */
    whose: z.enum(['own', 'compute', 'other']),
    email: text.optional(),
  }),
  z.strictObject({ kind: z.literal('bucket'), name: text }),
  z.strictObject({ kind: z.literal('run-service'), region: text, name: text }),
]);

const Grant = z.strictObject({
  on: Place,
  /** Its full name. */
  role: text,
  /** As allow policies name it. */
  member: text,
  condition: Condition.optional(),
  why: text,
});

const Named = z.strictObject({ name: text, why: text });

const Role = z.strictObject({
  id: text,
  title: text,
  description: text.optional(),
  stage: z.enum(['ALPHA', 'BETA', 'GA']),
  permissions: z.array(Named),
  /** A person chose the title, so a role that is there gets it, too. */
  retitled: z.boolean(),
  /** What others added to it goes. */
  exact: z.boolean(),
  /** Granted elsewhere instead: the role is not to hold it. */
  moved: text.optional(),
  /** What the profile asks for and a person does without. */
  without: z.array(Named),
  /** What Google does not take in a custom role of this project, where that was looked up. */
  refused: z.array(text),
});

const Account = z.strictObject({
  id: text,
  email: text,
  displayName: text,
  description: text.optional(),
  /** A person chose the display name, so an account that is there gets it, too. */
  renamed: z.boolean(),
});

const Github = z.strictObject({
  kind: z.literal('github'),
  /** OWNER/NAME. */
  repository: text,
  pool: z.strictObject({ id: text, displayName: text, description: text }),
  provider: z.strictObject({
    id: text,
    displayName: text,
    description: text,
    issuerUri: text,
    attributeMapping: z.record(text, text),
    attributeCondition: text,
  }),
  /** What workflows are granted on the account. */
  role: text,
});

const Access = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('key'),
    /** Absolute path on the machine that wrote this. */
    file: text,
    /** The usual place: below the folder of keys, which differs from machine to machine. */
    belowKeys: text.optional(),
  }),
  z.strictObject({ kind: z.literal('impersonation'), member: text, role: text, file: text }),
  Github,
  z.strictObject({ kind: z.literal('attached'), region: text, service: text }),
]);

/**
 * All that a profile, the answers and the journal say is to be in the cloud, as data for other tools. Holds no key and no
 * token. `v` is raised when a field changes its meaning or goes; fields may be added.
 */
export const Handover = z.strictObject({
  v: z.literal(1),
  profile: z.strictObject({ name: text, title: text, link: text.optional() }),
  project: z.strictObject({ id: text, number: number.optional() }),
  /** Where the cloud is, if it is not Google's own. */
  endpoint: text.optional(),
  services: z.array(Named),
  role: Role.optional(),
  account: Account,
  grants: z.array(Grant),
  access: Access,
  /** Names of the variables that programs read, by what goes into them; `privateKey` and `credentialsJson` hold the secret. */
  env: z.strictObject({
    privateKey: text.optional(),
    privateKeyId: text.optional(),
    clientEmail: text.optional(),
    projectId: text.optional(),
    keyFile: text.optional(),
    credentialsJson: text.optional(),
  }),
  /** The command that tells whether all of it is so. */
  check: text,
});

export type Handover = z.infer<typeof Handover>;
export type HandoverGrant = Handover['grants'][number];
export type HandoverRole = NonNullable<Handover['role']>;
export type GithubAccess = z.infer<typeof Github>;

/** The role's full name, where the profile makes one. */
export function roleNameIn({ project, role }: Pick<Handover, 'project' | 'role'>): string {
  return `projects/${project.id}/roles/${role?.id ?? ''}`;
}

/** The permissions that the role is written with: without what Google is known to refuse. */
export function takenPermissions({ permissions, refused }: HandoverRole): HandoverRole['permissions'] {
  return permissions.filter(({ name }) => !refused.includes(name));
}
