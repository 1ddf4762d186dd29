/** What one field must be, and what to do when it is not. */
export interface Rule {
  /** Follows "expected". */
  readonly expected: string;
  /** A sentence that stands alone. */
  readonly remedy: string;
}

/**
 * Every rule of a profile, by ID. The schema names a rule where it refuses a value, so wording lives here only.
 * Limits are Google's: IAM docs on custom roles and service accounts, Service Usage docs on service names.
 */
export const rules = {
  profile: {
    expected: 'a map with name, title, summary, services, role, account and permissions',
    remedy: 'Start from the example in catalog/README.md.',
  },
  name: {
    expected: '1 to 63 lower-case letters, digits and dashes, starting with a letter',
    remedy: 'Write a name such as "team-deploy".',
  },
  line: {
    expected: 'one line of text, 1 to 500 characters, none of them a control character',
    remedy: 'Write a short sentence in quotes.',
  },
  link: {
    expected: 'an https:// address',
    remedy: 'Write the full address of the page, or leave the field out.',
  },
  status: {
    expected: 'a map with stage and, if you like, note',
    remedy: 'Write "stage: stable" below it, or leave status out.',
  },
  statusStage: {
    expected: 'alpha, beta, stable or deprecated',
    remedy: 'Choose one of these four.',
  },
  sources: {
    expected: 'a map of labels, each with a title and, if you like, a link',
    remedy: 'Write a label, and below it "title: Who said so".',
  },
  reasonSource: {
    expected: 'a map with title and, if you like, link',
    remedy: 'Write "title: Who said so".',
  },
  source: {
    expected: 'a label of lower-case letters, digits and dashes: "ours", or one listed under sources',
    remedy: 'Write "ours", or add the label under sources with its title.',
  },
  ours: {
    expected: 'a label other than "ours", which means the writer of the profile',
    remedy: 'Choose another label.',
  },
  services: {
    expected: 'a list of services, each with name and why',
    remedy: 'Write "- name: run.googleapis.com" and below it "why: …".',
  },
  service: { expected: 'a map with name and why', remedy: 'Write "name: run.googleapis.com" and "why: …".' },
  serviceName: {
    expected: 'the name of a Google API, ending in .googleapis.com',
    remedy: 'Write a name such as run.googleapis.com.',
  },
  uniqueService: { expected: 'each service once', remedy: 'Remove one of the two.' },
  role: {
    expected: 'a map with id and title and, if you like, description, stage and level',
    remedy: 'Write "id: TeamDeploy" and "title: Team deploy" below it.',
  },
  roleId: {
    expected: '3 to 64 letters, digits, "_" or "."',
    remedy: 'Write an ID such as TeamDeploy; dashes and spaces are not allowed there.',
  },
  roleTitle: {
    expected: 'one line of text, 1 to 100 bytes, none of them a control character',
    remedy: 'Write a title of at most 100 bytes; letters outside ASCII take 2 to 4 bytes each.',
  },
  roleDescription: {
    expected: 'one line of text, 1 to 300 bytes, none of them a control character',
    remedy: 'Write a shorter one, or leave it out.',
  },
  roleStage: {
    expected: 'ALPHA, BETA or GA',
    remedy: 'Write GA, or leave it out; a role in another stage has no effect or soon none.',
  },
  roleSize: {
    expected: 'at most 65,536 bytes of title, description and permission names together',
    remedy: 'Split the permissions over two profiles.',
  },
  account: {
    expected: 'a map with id and displayName and, if you like, description',
    remedy: 'Write "id: team-deploy" and "displayName: Team deploy" below it.',
  },
  accountId: {
    expected:
      '6 to 30 lower-case letters, digits and dashes, starting with a letter and not ending in a dash',
    remedy: 'Write the part before the @ only, such as team-deploy.',
  },
  displayName: {
    expected: 'one line of text, 1 to 100 bytes, none of them a control character',
    remedy: 'Write a name of at most 100 bytes; letters outside ASCII take 2 to 4 bytes each.',
  },
  accountDescription: {
    expected: 'one line of text, 1 to 256 bytes, none of them a control character',
    remedy: 'Write a shorter one, or leave it out.',
  },
  key: {
    expected: 'a map with maxAgeDays',
    remedy: 'Write "maxAgeDays: 90" below it, or leave key out.',
  },
  maxAgeDays: {
    expected: 'a whole number of days, 1 to 3650',
    remedy: 'Write the age at which a key is to be replaced, such as 90, without quotes.',
  },
  permissions: {
    expected: 'a list of 1 to 3,000 permissions, each with name and why',
    remedy: 'Write "- name: run.services.get" and below it "why: …".',
  },
  permission: {
    expected: 'a map with name, why and, if you like, source, warning and on',
    remedy: 'Write "name: run.services.get" and "why: …".',
  },
  permissionName: {
    expected: 'a permission written service.resource.action',
    remedy: 'Write a name such as run.services.get; "*" is not allowed.',
  },
  uniquePermission: { expected: 'each permission once', remedy: 'Remove one of the two.' },
  on: {
    expected:
      'project, account, organization, account/EMAIL, account/compute, bucket/NAME or run-service/REGION/NAME',
    remedy: 'Write what the role is granted on, such as project or bucket/acme-reports.',
  },
  agentPlace: {
    expected: "an account of yours, since this is a service agent: Google's own, which is never touched",
    remedy: 'Name an account of your own, or "account/compute" for the default one of Compute Engine.',
  },
  askedOn: {
    expected: 'what one of the grants is on',
    remedy: 'Add a grant on it, or leave "on" out.',
  },
  grants: {
    expected: 'a list of at least one grant, each with role and on',
    remedy: 'Write "- role: roles/run.viewer" and below it "on: project" and "why: …", or leave grants out.',
  },
  grant: {
    expected: 'a map with role, on and why and, if you like, condition',
    remedy: 'Write "role: roles/run.viewer", "on: project" and "why: …".',
  },
  grantRole: {
    expected:
      '"custom" for the role of this profile, a predefined role such as roles/run.viewer, or one of an organization',
    remedy: 'Write "custom", or its full name: roles/run.viewer, organizations/123/roles/TeamDeploy.',
  },
  uniqueGrant: { expected: 'each grant once', remedy: 'Remove one of the two.' },
  condition: {
    expected: 'a map with title and expression and, if you like, description',
    remedy: 'Write "title: Until 2027" and "expression: request.time < timestamp(…)" below it.',
  },
  expression: {
    expected: 'an expression of at most 12,800 bytes, none of them a control character',
    remedy: "Write the condition in Google's Common Expression Language, in quotes.",
  },
  emptyRole: {
    expected: 'a permission for the custom role: each of these is asked for on something else',
    remedy: 'Leave "on" out where the custom role is to hold it, or remove the role and its grant.',
  },
  roleUnused: {
    expected: 'a grant of "custom", since this role is granted nowhere',
    remedy: 'Add "- role: custom" to grants, or remove the role.',
  },
  team: {
    expected: 'a list of grants to people, each with role, members and why',
    remedy: 'Write "- role: roles/run.viewer", "members: [group:team@example.com]" and "why: …".',
  },
  teamGrant: {
    expected: 'a map with role, why and, if you like, members',
    remedy: 'Write "role: roles/run.viewer", "members: [group:team@example.com]" and "why: …".',
  },
  teamRole: {
    expected: 'a predefined role such as roles/run.viewer',
    remedy: 'Write the full name of the role: roles/run.viewer.',
  },
  members: {
    expected: 'a list of people: user:…, group:… or domain:…',
    remedy: 'Write "members: [group:team@example.com]", or leave it out.',
  },
  member: {
    expected: 'user:EMAIL, group:EMAIL or domain:NAME',
    remedy: 'Write a member such as group:team@example.com.',
  },
  agent: {
    expected: "people, since this is a service agent: Google's own account, whose roles Google sees to",
    remedy: 'Remove it; whatever that agent needs, it has.',
  },
  uniqueMember: { expected: 'each member once a role', remedy: 'Remove one of the two.' },
  basicRole: {
    expected: 'the project, since basic roles (viewer, editor, owner) are granted on projects only',
    remedy: 'Write "on: project", or take a narrower role that can be granted there.',
  },
  basicCondition: {
    expected: 'no condition, since Google takes none on a basic role',
    remedy: 'Leave it out, or take a narrower role.',
  },
  belowProject: {
    expected: 'the project or what is above it, which is the lowest that this role can be granted on',
    remedy: 'Write "on: project", or take a role that can be granted there.',
  },
  belowOrganization: {
    expected: 'the organization, since this role can be granted on nothing lower than a folder',
    remedy: 'Write "on: organization", or take a role that can be granted there.',
  },
  aboveResource: {
    expected: 'a single resource, since this role can be granted on nothing higher',
    remedy: 'Name the resource: bucket/NAME.',
  },
  otherResource: {
    expected:
      'a role of the service that owns what it is granted on: roles/iam.…, roles/storage.… or roles/run.…',
    remedy: 'Take a role of that service, or grant this one on the project.',
  },
  customAbove: {
    expected: 'the project or what is in it, since a role of a project can be granted nowhere else',
    remedy: 'Write "on: project", or grant a predefined role on the organization.',
  },
  notInRole: {
    expected: 'a permission that a custom role of a project can hold',
    remedy: 'Remove it, or grant a predefined role that holds it and say with "on" where.',
  },
  next: {
    expected: 'a list of commands, each with run and, if you like, why',
    remedy: 'Write "- run: the command" below it, or leave next out.',
  },
  command: {
    expected: 'a map with run and, if you like, why',
    remedy: 'Write "run: the command".',
  },
  env: {
    expected:
      'a map of privateKey, privateKeyId, clientEmail, projectId, keyFile and credentialsJson to names of variables',
    remedy: 'Write "projectId: TEAM_PROJECT_ID" below it, or leave env out.',
  },
  envName: {
    expected: 'the name of a variable: letters, digits and "_", not starting with a digit',
    remedy: 'Write a name such as TEAM_PRIVATE_KEY, without $ and =.',
  },
  uniqueEnvName: { expected: 'each variable once', remedy: 'Give each part a variable of its own.' },
} as const satisfies Record<string, Rule>;

/** The ID of a rule. */
export type RuleId = keyof typeof rules;

/** Whether `id` names a rule. */
export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(rules, id);
}

// Every field of a profile, by the field it stands under.
const fields: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['name', 'title', 'summary', 'link', 'status', 'sources', 'services'],
    ...['role', 'account', 'key', 'permissions', 'grants', 'team', 'next', 'env'],
  ],
  status: ['stage', 'note'],
  sources: ['title', 'link'],
  services: ['name', 'why'],
  role: ['id', 'title', 'description', 'stage'],
  account: ['id', 'displayName', 'description'],
  key: ['maxAgeDays'],
  permissions: ['name', 'why', 'source', 'warning', 'on'],
  grants: ['role', 'on', 'why', 'condition'],
  team: ['role', 'members', 'why'],
  next: ['run', 'why'],
  env: ['privateKey', 'privateKeyId', 'clientEmail', 'projectId', 'keyFile', 'credentialsJson'],
};

/** The fields that may stand in the map at `path`, for "did you mean". */
export function fieldsOf(path: readonly PropertyKey[]): readonly string[] {
  if (path[0] === 'grants' && path[2] === 'condition') return ['title', 'expression', 'description'];
  return fields[String(path[0] ?? '')] ?? [];
}
