import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';
import { worldWhere } from './worlds.ts';

const builtIn = join(import.meta.dirname, '../../catalog/profiles/remotion-cloudrun.yaml');
const tokenCreator = 'roles/iam.serviceAccountTokenCreator';
const everything = ['key', 'file', 'grant', 'account', 'role'];

/** What somebody did after setup, what undo then leaves, by whose step and in which words, and what it takes all the same. */
const edits: Record<
  string,
  {
    edit: (stage: Stage) => Promise<unknown>;
    refused: Record<string, RegExp>;
    takes: readonly string[];
    attention?: RegExp;
  }
> = {
  'a permission was added to the role': {
    edit: ({ cloud }) =>
      cloud
        .role()
        .then(({ includedPermissions }) =>
          cloud.patchRole(
            { includedPermissions: [...includedPermissions, 'run.jobs.create'] },
            'includedPermissions',
          ),
        ),
    refused: { 'undo-role': /RemotionSA is not as iamready made it: also holds run\.jobs\.create/ },
    takes: ['key', 'file', 'grant', 'account'],
  },
  'a permission was taken from the role, and it got another title and stage': {
    edit: async ({ cloud }) => {
      const { includedPermissions } = await cloud.role();
      const rest = includedPermissions.filter((name) => name !== 'run.services.get');
      await cloud.patchRole(
        { includedPermissions: rest, title: 'Theirs', stage: 'BETA' },
        'includedPermissions,title,stage',
      );
    },
    refused: { 'undo-role': /titled "Theirs"; in stage BETA; lost run\.services\.get/ },
    takes: ['key', 'file', 'grant', 'account'],
  },
  'somebody else was granted the role': {
    edit: ({ cloud }) =>
      cloud.changePolicy((policy) => ({
        ...policy,
        bindings: policy.bindings.map((binding) =>
          binding.role === cloud.roleName
            ? { ...binding, members: [...binding.members, 'user:vera@acme.com'] }
            : binding,
        ),
      })),
    refused: { 'undo-role': /granted to others.*: .*user:vera@acme\.com/ },
    takes: ['key', 'file', 'grant', 'account'],
  },
  'the account was deleted and made again': {
    edit: async ({ cloud }) => {
      await cloud.deleteAccount();
      await cloud.createAccount();
    },
    refused: { 'undo-account': /is another account by now \(unique ID \d{21}\)/ },
    takes: ['file', 'grant', 'role'],
  },
  'the account got a key of somebody': {
    edit: ({ cloud }) => cloud.createKey(),
    refused: { 'undo-account': /has keys that iamready did not make: [0-9a-f]{40}$/ },
    takes: ['key', 'file', 'grant', 'role'],
  },
  'somebody may act as the account, and somebody for a while': {
    edit: async ({ cloud }) => {
      const expression = 'request.time < timestamp("2030-01-01T00:00:00Z")';
      await cloud.grantOnAccount({ role: tokenCreator, members: ['user:vera@acme.com'] });
      await cloud.grantOnAccount({
        ...{ role: 'roles/iam.serviceAccountUser', members: ['user:liam@acme.com'] },
        condition: { title: 'till2030', expression },
      });
    },
    refused: {
      'undo-account':
        /others have roles on remotion-sa@\S+ that .*: user:vera@\S+ has roles\/iam\.serviceAccountTokenCreator, user:liam@\S+ has roles\/iam\.serviceAccountUser$/,
    },
    takes: ['key', 'file', 'grant', 'role'],
  },
  'the account got another role': {
    edit: ({ cloud }) =>
      cloud.changePolicy((policy) => ({
        ...policy,
        bindings: [...policy.bindings, { role: 'roles/viewer', members: [cloud.member] }],
      })),
    refused: { 'undo-account': /has roles on acme-video that iamready did not grant: roles\/viewer$/ },
    takes: ['key', 'file', 'grant', 'role'],
  },
  'the grant got a condition': {
    edit: ({ cloud }) =>
      cloud.changePolicy((policy) => ({
        ...policy,
        bindings: policy.bindings.map((binding) =>
          binding.role === cloud.roleName
            ? {
                ...binding,
                condition: {
                  title: 'till2030',
                  expression: 'request.time < timestamp("2030-01-01T00:00:00Z")',
                },
              }
            : binding,
        ),
      })),
    refused: {
      'undo-grant': /has the condition "till2030" now/,
      'undo-account': /roles on acme-video that iamready did not grant/,
      'undo-role': /granted to others, or otherwise/,
    },
    takes: ['key', 'file'],
  },
  'the file holds another key': {
    edit: async ({ cloud, keyFile }) => {
      const { file, id } = await cloud.createKey();
      await writeFile(keyFile, file);
      await cloud.deleteKey(id);
    },
    refused: {},
    takes: ['key', 'grant', 'account', 'role'],
    attention: /remotion-sa\.json holds another key \([0-9a-f]{40}\), and is left as it is/,
  },
  'all of it is gone but the file': {
    edit: async ({ cloud }) => {
      await cloud.changePolicy((policy) => ({
        ...policy,
        bindings: policy.bindings.filter(({ role }) => role !== cloud.roleName),
      }));
      await cloud.deleteAccount();
      await cloud.deleteRole();
    },
    refused: {},
    takes: ['file'],
  },
  nothing: { edit: () => Promise.resolve(), refused: {}, takes: everything },
};

test.each(Object.entries(edits))('since setup: %s; the rest is undone', async (_name, given) => {
  const stage = await openStage();
  const { setup, undo, writes, forgetRequests } = stage;
  await setup();
  await given.edit(stage);

  const { exit, result, events } = await undo();
  expect(result.taken?.map(({ what }) => what)).toEqual(given.takes);
  const refused = Object.fromEntries(result.refused?.map(({ step, problem }) => [step, problem]) ?? []);
  expect(Object.keys(refused)).toEqual(Object.keys(given.refused));
  for (const [step, what] of Object.entries(given.refused)) {
    expect(refused[step]?.what).toMatch(what);
    expect(refused[step]?.next).toMatch(/^if /);
  }
  expect(exit).toBe(Object.keys(given.refused).length === 0 ? 0 : 3);
  if (given.attention) expect(JSON.stringify(events)).toMatch(given.attention);

  await forgetRequests();
  const again = await undo();
  expect([again.exit, await writes()]).toEqual([exit, []]);
});

test('where we let somebody act as the account, they are no others, and whom somebody else let in beside them is', async () => {
  for (const others of [[], ['user:vera@acme.com']]) {
    const { setup, undo, cloud } = await openStage();
    await setup({ keyless: 'impersonation', impersonator: 'user:ada@acme.com' });
    if (others.length > 0) await cloud.grantOnAccount({ role: tokenCreator, members: others });
    const { exit, result } = await undo();
    const refused = result.refused?.map(
      ({ step, problem }) => `${step}: ${problem.what.split(': ')[1] ?? ''}`,
    );
    const named = others.map((member) => `undo-account: ${member} has ${tokenCreator}`);
    expect([exit, refused]).toEqual([others.length === 0 ? 0 : 3, named]);
    expect(result.taken?.map(({ step }) => step)).toContain('undo-access');
  }
});

test('an account of which we may not see who else has it stays, and the rest goes', async () => {
  const rule = {
    deniedPrincipals: ['principal://goog/subject/ada@acme.com'],
    exceptionPrincipals: [],
    deniedPermissions: ['iam.googleapis.com/serviceAccounts.getIamPolicy'],
    exceptionPermissions: [],
  };
  const { setup, undo } = await openStage({ world: await worldWhere(() => ({ denyRules: [rule] })) });
  await setup();
  const { exit, result } = await undo();
  expect([exit, result.taken?.map(({ what }) => what)]).toEqual([3, ['key', 'file', 'grant', 'role']]);
  expect(result.refused).toMatchObject([
    { step: 'undo-account', problem: { next: expect.stringContaining('iam.serviceAccounts.getIamPolicy') } },
  ]);
});

test('whoever may not delete is told what is missing, and nothing is taken away', async () => {
  const { setup, undo, writes, forgetRequests, tokenOf } = await openStage();
  await setup();
  await forgetRequests();
  const { exit, result } = await undo({ accessTokenFile: await tokenOf('ya29.simulated-vera-the-viewer') });
  expect(exit).toBe(3);
  expect(result.problem?.missing).toEqual(expect.arrayContaining(['iam.roles.delete']));
  expect(await writes()).toEqual([]);
});

test('a service that another needs by now stays on and is told, and all else goes', async () => {
  const world = await worldWhere(({ services }) => ({ services: [...services, 'container.googleapis.com'] }));
  const { setup, undo, folder } = await openStage({ world });
  const profile = join(folder, 'needs-compute.yaml');
  await writeFile(
    profile,
    (await readFile(builtIn, 'utf8')).replace('run.googleapis.com', 'compute.googleapis.com'),
  );
  await setup({ profile });
  const { exit, result } = await undo({ profile, services: true });
  expect([exit, result.refused]).toEqual([3, [expect.objectContaining({ step: 'undo-services' })]]);
  expect(result.refused?.[0]?.problem.why).toContain('container.googleapis.com');
  expect(result.taken?.map(({ what }) => what)).toEqual(everything);
});
