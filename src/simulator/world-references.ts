import type { Path, Problem } from './world-file.ts';
import { mappingProblem } from './workload-identity/mapping.ts';
import { checkNamedPolicies } from './world-references-policies.ts';
import type { PolicyEntry, WorldFile } from './world-schema.ts';

/** Names in a world that lead nowhere, or are taken twice. */
export function checkReferences(world: WorldFile): Problem[] {
  return [
    ...checkNames(world),
    ...checkParents(world),
    ...checkBilling(world),
    ...checkUnique(world),
    ...checkNamedPolicies(world),
    ...checkMembers(world),
    ...checkProviders(world),
  ];
}

function checkNames(world: WorldFile): Problem[] {
  const problems: Problem[] = [];
  if (!world.users.some(({ email }) => email === world.operator))
    problems.push({ path: ['operator'], expected: 'expected the e-mail of one of the users' });
  if (!world.projects.some(({ id }) => id === world.project))
    problems.push({ path: ['project'], expected: 'expected the ID of one of the projects' });
  return problems;
}

function checkParents(world: WorldFile): Problem[] {
  const parents = new Map(world.folders.map((folder) => [`folders/${folder.id}`, folder.parent]));
  const known = new Set([...world.organizations.map(({ id }) => `organizations/${id}`), ...parents.keys()]);
  const problems: Problem[] = [];
  const check = (parent: string | undefined, path: Path) => {
    if (parent && !known.has(parent))
      problems.push({ path, expected: 'expected an organisation or folder of this world' });
  };
  for (const [index, folder] of world.folders.entries()) {
    check(folder.parent, ['folders', index, 'parent']);
    const above = new Set<string>();
    for (let name: string | undefined = `folders/${folder.id}`; name; name = parents.get(name)) {
      if (above.has(name)) {
        problems.push({
          path: ['folders', index, 'parent'],
          expected: 'expected a parent that is not below it',
        });
        break;
      }
      above.add(name);
    }
  }
  for (const [index, { parent }] of world.projects.entries()) check(parent, ['projects', index, 'parent']);
  check(world.generate?.parent, ['generate', 'parent']);
  return problems;
}

function checkBilling(world: WorldFile): Problem[] {
  const problems: Problem[] = [];
  const accounts = new Set(world.billingAccounts.map(({ id }) => id));
  const organizations = new Set(world.organizations.map(({ id }) => id));
  for (const [index, { billing }] of world.projects.entries())
    if (typeof billing === 'string' && !accounts.has(billing))
      problems.push({
        path: ['projects', index, 'billing'],
        expected: 'expected one of the billing accounts of this world',
      });
  for (const [index, { organization }] of world.billingAccounts.entries())
    if (organization !== undefined && !organizations.has(organization))
      problems.push({
        path: ['billingAccounts', index, 'organization'],
        expected: 'expected an organisation of this world',
      });
  return problems;
}

function checkUnique(world: WorldFile): Problem[] {
  const problems: Problem[] = [];
  const check = (values: readonly string[], pathOf: (index: number) => Path) => {
    for (const [index, value] of values.entries())
      if (values.indexOf(value) !== index)
        problems.push({ path: pathOf(index), expected: 'expected one that is not taken already' });
  };
  check(
    world.projects.map(({ id }) => id),
    (index) => ['projects', index, 'id'],
  );
  check(
    world.projects.map(({ number }) => number),
    (index) => ['projects', index, 'number'],
  );
  check(
    world.billingAccounts.map(({ id }) => id),
    (index) => ['billingAccounts', index, 'id'],
  );
  check(
    world.users.map(({ token }) => token),
    (index) => ['users', index, 'token'],
  );
  check(
    world.users.map(({ email }) => email),
    (index) => ['users', index, 'email'],
  );
  return problems;
}

/** Users and groups of the world's own domains must be there: elsewhere a world knows nobody. */
function checkMembers(world: WorldFile): Problem[] {
  const domains = new Set(world.organizations.map(({ domain }) => domain));
  const known = new Set([
    ...world.users.map(({ email }) => `user:${email}`),
    ...world.groups.map(({ email }) => `group:${email}`),
  ]);
  const problems: Problem[] = [];
  const checkMember = (member: string, path: Path) => {
    const domain = /^(?:user|group):[^@]+@(.+)$/.exec(member)?.[1];
    if (domain && domains.has(domain) && !known.has(member))
      problems.push({ path, expected: 'expected one of the users or groups of this world' });
  };
  const checkPolicy = (policy: PolicyEntry | undefined, path: Path) => {
    for (const [at, { members }] of (policy?.bindings ?? []).entries())
      for (const [index, member] of members.entries())
        checkMember(member, [...path, 'policy', 'bindings', at, 'members', index]);
  };
  for (const kind of ['organizations', 'folders', 'projects', 'billingAccounts'] as const)
    for (const [index, { policy }] of world[kind].entries()) checkPolicy(policy, [kind, index]);
  for (const [index, { serviceAccounts }] of world.projects.entries())
    for (const [at, { policy }] of serviceAccounts.entries())
      checkPolicy(policy, ['projects', index, 'serviceAccounts', at]);
  for (const [index, { members }] of world.groups.entries())
    for (const [at, member] of members.entries()) checkMember(member, ['groups', index, 'members', at]);
  checkPolicy(world.generate?.policy, ['generate']);
  return problems;
}

/** What providers of workload identity pools say in CEL must make sense, or nobody could ever sign in. */
function checkProviders(world: WorldFile): Problem[] {
  const problems: Problem[] = [];
  const check = (expression: string, wanted: 'bool' | 'string' | 'list', path: Path) => {
    const problem = mappingProblem(expression, wanted);
    if (problem) problems.push({ path, expected: `expected CEL that gives a ${wanted}: ${problem}` });
  };
  for (const [index, { workloadIdentityPools }] of world.projects.entries())
    for (const [at, { providers }] of workloadIdentityPools.entries())
      for (const [which, { attributeMapping, attributeCondition }] of providers.entries()) {
        const path = ['projects', index, 'workloadIdentityPools', at, 'providers', which];
        if (attributeMapping['google.subject'] === undefined)
          problems.push({ path: [...path, 'attributeMapping'], expected: 'expected one of google.subject' });
        for (const [key, expression] of Object.entries(attributeMapping))
          check(expression, key === 'google.groups' ? 'list' : 'string', [...path, 'attributeMapping', key]);
        if (attributeCondition !== undefined)
          check(attributeCondition, 'bool', [...path, 'attributeCondition']);
      }
  return problems;
}
