import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { catalogFolder } from '../../src/profile/catalog-folder.ts';
import { journalFile } from '../../src/commands/folders.ts';
import { readJournal } from '../../src/wizard/journal.ts';
import { standBetween } from './between.ts';
import { uploadKey } from './hand-made-key.ts';
import { openStage, type Run, type Stage } from './stage.ts';

/** A difference, but for what follows from others: that the account cannot sign in, or lacks what it should have. */
const causes = ({ result }: Run) =>
  (result.changes ?? [])
    .filter(({ step }) => step !== 'validate')
    .map(({ sign, what, name, from }) => `${sign} ${what} ${name}: ${from ?? ''}`);
const breaks = ({ result }: Run) => (result.changes ?? []).map(({ why }) => why);
const attention = ({ events }: Run) =>
  events
    .flatMap((event) => (event.type === 'step' ? (event.facts ?? []) : []))
    .filter(({ tone }) => tone === 'attention');

/** What somebody else does to a cloud that was ready, and all that a check must say then. */
interface Drift {
  /** Gives the flags with which it shows, where it takes any. */
  make: (stage: Stage, key: string) => Promise<unknown>;
  /** The flags with which it shows. */
  flags?: (stage: Stage) => Promise<RunFlags>;
  /** Each cause, in order. */
  differs: (key: string) => RegExp[];
  /** What it breaks for the person. */
  breaks: RegExp;
  /** What else holds once it is mended. */
  after?: (stage: Stage, key: string) => Promise<void>;
}

const account = 'remotion-sa@acme-video\\.iam\\.gserviceaccount\\.com';
const denied = /every call of your program is denied/;
const signIn = /^your program cannot sign in/;
const replaced = (key: string, words: string) => [
  new RegExp(`^~ key .*/remotion-sa.json: key ${key} ${words}`),
];

/** The built-in profile, with this put into it: it is known by its name, as if it had been edited. */
async function edited({ folder }: Stage, edit: (text: string) => string): Promise<RunFlags> {
  const file = join(folder, 'edited.yaml');
  const text = await readFile(join(catalogFolder(), 'profiles', 'remotion-cloudrun.yaml'), 'utf8');
  await writeFile(file, edit(text));
  return { profile: file };
}

/** A key that works is never deleted by a repair, and the journal knows that another took its place. */
async function expectKept({ cloud, folder, endpoint }: Stage, key: string): Promise<void> {
  expect(await cloud.keys()).toContain(key);
  const { made } = await readJournal(
    journalFile(join(folder, 'state'), 'acme-video', 'remotion-cloudrun', endpoint),
  );
  expect(made.find(({ did, evidence }) => did === 'replaced' && evidence['id'] === key)).toBeDefined();
}

const drifts: Record<string, Drift> = {
  'a permission is taken from the role': {
    make: async ({ cloud }) => {
      const { includedPermissions } = await cloud.role();
      const rest = includedPermissions.filter((name) => name !== 'run.services.update');
      await cloud.patchRole({ includedPermissions: rest }, 'includedPermissions');
    },
    differs: () => [/^~ role RemotionSA: lost run\.services\.update$/],
    breaks: /^fails without it: Update a Cloud Run service, for example providing it with more memory/,
  },
  'three permissions are taken from the role': {
    make: async ({ cloud }) => {
      const { includedPermissions } = await cloud.role();
      const rest = includedPermissions.filter((name) => !name.startsWith('storage.buckets.'));
      await cloud.patchRole({ includedPermissions: rest }, 'includedPermissions');
    },
    differs: () =>
      ['create', 'get', 'list'].map(
        (verb) => new RegExp(`^~ role RemotionSA: lost storage\\.buckets\\.${verb}$`),
      ),
    breaks: /^fails without it: Create the storage bucket/,
  },
  'the profile asks for more than before': {
    make: () => Promise.resolve(),
    flags: (stage) =>
      edited(stage, (text) =>
        text.replace('permissions:\n', 'permissions:\n  - name: run.jobs.run\n    why: Renders in jobs.\n'),
      ),
    differs: () => [/^~ role RemotionSA: lacks run\.jobs\.run, asked for since the last run$/],
    breaks: /^fails without it: Renders in jobs\./,
  },
  'the role is deleted': {
    make: ({ cloud }) => cloud.deleteRole(),
    differs: () => [/^~ role RemotionSA: deleted$/],
    breaks: denied,
  },
  'the role is disabled': {
    make: ({ cloud }) => cloud.patchRole({ stage: 'DISABLED' }, 'stage'),
    differs: () => [/^~ role RemotionSA: disabled$/],
    breaks: denied,
  },
  'the binding is removed': {
    make: ({ cloud }) =>
      cloud.changePolicy((policy) => ({
        ...policy,
        bindings: policy.bindings.filter(({ role }) => role !== cloud.roleName),
      })),
    differs: () => [/^\+ grant RemotionSA: not granted$/],
    breaks: denied,
  },
  'the binding is moved to another role': {
    make: ({ cloud }) =>
      cloud.changePolicy((policy) => ({
        ...policy,
        bindings: policy.bindings.map((binding) =>
          binding.role === cloud.roleName ? { ...binding, role: 'roles/logging.viewer' } : binding,
        ),
      })),
    differs: () => [/^\+ grant RemotionSA: not granted; it has roles\/logging\.viewer instead$/],
    breaks: denied,
  },
  'the binding is put under a condition': {
    make: ({ cloud }) => {
      const expression = 'request.time < timestamp("2130-01-01T00:00:00Z")';
      return cloud.changePolicy((policy) => ({
        ...policy,
        bindings: policy.bindings.map((binding) =>
          binding.role === cloud.roleName
            ? { ...binding, condition: { title: 'till2130', expression } }
            : binding,
        ),
      }));
    },
    differs: () => [
      /^~ grant RemotionSA: only under the condition "till2130", which works until 2130-01-01$/,
    ],
    breaks: /^somebody else set it; where it does not hold, every call/,
  },
  'the account is disabled': {
    make: ({ cloud }) => cloud.disableAccount(),
    differs: () => [new RegExp(`^~ account ${account}: disabled$`)],
    breaks: /cannot sign in/,
  },
  'the key is deleted': {
    make: ({ cloud }, key) => cloud.deleteKey(key),
    differs: (key) => replaced(key, 'is not a key of the account any more$'),
    breaks: signIn,
  },
  'the key is disabled': {
    make: ({ cloud }, key) => cloud.disableKey(key),
    differs: (key) => replaced(key, 'is disabled$'),
    breaks: signIn,
  },
  'the key expires': {
    make: async (stage) => {
      await uploadKey(stage, 10);
      expect((await stage.check()).exit).toBe(0);
      await stage.advance(11 * 86_400);
    },
    differs: () => replaced('[0-9a-f]{40}', 'expired on \\d{4}-\\d\\d-\\d\\d$'),
    breaks: signIn,
  },
  'the key is older than the profile allows': {
    make: (stage) => stage.advance(97 * 86_400),
    flags: (stage) => edited(stage, (text) => `${text}key:\n  maxAgeDays: 90\n`),
    differs: (key) => replaced(key, 'is 97 days old; the profile allows 90$'),
    breaks: /^whoever has copied it can use it; iamready rotate/,
    after: expectKept,
  },
  'the key file is lost': {
    make: ({ keyFile }) => rm(keyFile),
    differs: (key) => [new RegExp(`^\\+ key .*/remotion-sa.json: no key file; key ${key} was in it$`)],
    breaks: signIn,
    after: expectKept,
  },
  'the key file is closed to everybody': {
    make: ({ keyFile }) => chmod(keyFile, 0),
    differs: () => [/^~ key .*\/remotion-sa.json: (?:not even you can|its mode lets nobody) read it$/],
    breaks: /^your program cannot read it, so it cannot sign in/,
  },
  'the key file is open to others': {
    make: ({ keyFile }) => chmod(keyFile, 0o640),
    differs: () => [/^~ key .*\/remotion-sa.json: others on this machine can read it$/],
    breaks: /^whoever reads it is the account$/,
  },
  'a service is turned off': {
    make: ({ cloud }) => cloud.disableService('run.googleapis.com'),
    differs: () => [/^\+ service run\.googleapis\.com: off$/],
    breaks: /^fails without it: Renders run on Cloud Run\.$/,
  },
  'the account is deleted and made again by somebody else': {
    make: async ({ cloud }) => {
      await cloud.deleteAccount();
      await cloud.createAccount();
    },
    differs: (key) => [
      /^\+ grant RemotionSA: not granted: the account that had it was deleted$/,
      /^- grant RemotionSA: granted to the account that was deleted, unique ID \d{21}$/,
      ...replaced(key, 'is not a key of the account any more$'),
    ],
    breaks: denied,
  },
  'the account is deleted': {
    make: ({ cloud }) => cloud.deleteAccount(),
    differs: (key) => [
      new RegExp(`^\\+ account ${account}: deleted, it had the unique ID \\d{21}$`),
      /^\+ grant RemotionSA: not granted: the account that had it was deleted$/,
      /^- grant RemotionSA: granted to the account that was deleted, unique ID \d{21}$/,
      ...replaced(key, 'is not a key of the account any more$'),
    ],
    breaks: /^your program cannot sign in: its account is gone/,
  },
  'what others added to the role is to go': {
    make: () => Promise.resolve(),
    flags: () => Promise.resolve({ removeExtra: true }),
    // One that a colleague added, and one that the profile asked for once.
    differs: () => [
      /^- role RemotionSA: also holds run\.jobs\.get$/,
      /^- role RemotionSA: also holds run\.jobs\.run$/,
    ],
    breaks: /^whoever gets into the account can do more than your program needs$/,
  },
};

const ends: (() => Promise<void>)[] = [];
// One cloud for all: each repair has to leave it ready for the next drift.
const shared = openStage({ quota: false }, (close) => ends.push(close));
afterAll(() => Promise.all(ends.map((close) => close())));

test('a cloud is made ready, and a colleague adds a permission to the role', async () => {
  const { setup, cloud } = await shared;
  expect((await setup()).exit).toBe(0);
  const { includedPermissions } = await cloud.role();
  await cloud.patchRole(
    { includedPermissions: [...includedPermissions, 'run.jobs.get'] },
    'includedPermissions',
  );
});

test.each(Object.entries(drifts))(
  'when %s, a check says what it breaks, a repair mends just that, and the next writes nothing',
  async (_name, drift) => {
    const stage = await shared;
    const { check, repair, writes, forgetRequests, heldKey, cloud } = stage;
    const { id } = await heldKey();
    await drift.make(stage, id);
    const flags = (await drift.flags?.(stage)) ?? {};
    const others = async () => (await cloud.policy()).bindings.filter(({ role }) => role !== cloud.roleName);
    const before = await others();
    await forgetRequests();

    const checked = await check(flags);
    expect(checked.exit).toBe(2);
    expect(causes(checked)).toEqual(drift.differs(id).map((line): unknown => expect.stringMatching(line)));
    expect(breaks(checked)).toContainEqual(expect.stringMatching(drift.breaks));
    expect(await writes()).toEqual([]);

    expect((await repair(flags)).exit).toBe(0);
    expect(await others()).toEqual(before);
    const extra = (await cloud.role()).includedPermissions.includes('run.jobs.get');
    expect(extra).toBe(flags.removeExtra !== true);

    await forgetRequests();
    expect((await repair(flags)).exit).toBe(0);
    expect(await writes()).toEqual([]);
    await drift.after?.(stage, id);
  },
);
test("where a sign-in is refused and this machine's clock is wrong, that is named as well", async () => {
  const { check, cloud, now } = await shared;
  expect((await now()).getTime() - Date.now()).toBeGreaterThan(100 * 86_400_000);
  await cloud.disableAccount();
  const { result } = await check();
  const refused = result.changes?.find(({ step }) => step === 'validate');
  expect(refused?.from).toMatch(
    /^cannot sign in with its key: .*; the clock of this machine is \d+ days behind Google's$/,
  );
});

test('what is a matter of taste does not differ, and is told with the flag that changes it', async () => {
  const { setup, check, repair, writes, forgetRequests, cloud, folder, endpoint } = await openStage();
  await setup();
  const { includedPermissions } = await cloud.role();
  const description = 'Renamed by a colleague.';
  await cloud.patchRole(
    {
      title: 'Ours now',
      description,
      stage: 'BETA',
      includedPermissions: [...includedPermissions, 'run.jobs.get'],
    },
    'title,description,stage,includedPermissions',
  );
  await cloud.renameAccount('Theirs');
  await forgetRequests();

  const checked = await check();
  expect(checked).toMatchObject({ exit: 0, result: { changes: [] } });
  expect(attention(checked).map(({ flag, text }) => [flag, text])).toEqual([
    ['--remove-extra', expect.stringMatching(/^RemotionSA also holds run\.jobs\.get: /)],
    ['--role-title', expect.stringMatching(/titled "Ours now" by somebody else, it was "Remotion API/)],
    ['--account-name', expect.stringMatching(/named "Theirs" by somebody else, it was "Remotion Service/)],
  ]);
  expect((await repair()).exit).toBe(0);
  expect(await writes()).toEqual([]);

  const asked = { roleTitle: 'Remotion API Service Account', accountName: 'Remotion Service Account' };
  expect((await repair({ ...asked, removeExtra: true })).exit).toBe(0);
  expect(await cloud.role()).toMatchObject({ title: asked.roleTitle, description, includedPermissions });
  expect(attention(await check())).toEqual([]);
  const { made } = await readJournal(
    journalFile(join(folder, 'state'), 'acme-video', 'remotion-cloudrun', endpoint),
  );
  expect(made.find(({ did }) => did === 'narrowed')?.evidence['permissions']).toBe('run.jobs.get');
});

test('a repair writes no more than what mends the drift', async () => {
  const { setup, repair, writes, forgetRequests, cloud } = await openStage();
  await setup();
  await cloud.disableAccount();
  await cloud.patchRole({ stage: 'DISABLED', title: 'Ours now' }, 'stage,title');
  await forgetRequests();

  await repair();
  expect((await writes()).toSorted()).toEqual([
    'PATCH /v1/projects/acme-video/roles/RemotionSA',
    'POST /v1/projects/acme-video/serviceAccounts/remotion-sa@acme-video.iam.gserviceaccount.com:enable',
  ]);
  expect(await cloud.role()).toMatchObject({ stage: 'GA', title: 'Ours now' });
});

test('a check ends with the command that mends, and with what that asks about; a repair with what it mended', async () => {
  const { setup, lines, cloud, endpoint, folder } = await openStage();
  await setup();
  const { includedPermissions } = await cloud.role();
  const added = [...includedPermissions.slice(1), 'run.jobs.get'];
  await cloud.patchRole({ includedPermissions: added }, 'includedPermissions');
  const again = `--profile=remotion-cloudrun --project=acme-video --endpoint=${endpoint} --state-dir=${join(folder, 'state')}`;
  const mends = await lines('check');
  expect(mends).toContain(`  iamready repair ${again} mends this.\n`);
  expect(mends).toMatch(
    / ! RemotionSA also holds run\.jobs\.get: .*; left as found; --remove-extra changes that\n/,
  );

  const condition = { title: 'till2130', expression: 'request.time < timestamp("2130-01-01T00:00:00Z")' };
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: policy.bindings.map((binding) =>
      binding.role === cloud.roleName ? { ...binding, condition } : binding,
    ),
  }));
  expect(await lines('check')).toContain(' mends the custom role, and asks about the grant.\n');
  expect(await lines('repair')).toContain('Run it again with --yes to do all of this.\n');
  expect(await lines('repair', { yes: true })).toContain('  Repaired: custom role, grant. remotion-sa@');
  expect(await lines('repair', { yes: true })).toContain('  In sync; nothing was written. remotion-sa@');
});

test('a permission that somebody adds while others are taken away is not taken with them', async () => {
  const { setup, repair, cloud, endpoint } = await openStage();
  await setup();
  const add = async (name: string) => {
    const { includedPermissions } = await cloud.role();
    await cloud.patchRole({ includedPermissions: [...includedPermissions, name] }, 'includedPermissions');
  };
  await add('run.jobs.get');
  let added = false;
  const contested = await standBetween(endpoint, async ({ method, pass }) => {
    if (method === 'PATCH' && !added) {
      added = true;
      await add('run.jobs.list');
    }
    return pass();
  });

  const run = await repair({ endpoint: contested, removeExtra: true });
  expect(run).toMatchObject({ exit: 3, result: { states: { role: 'failed' } } });
  expect(run.result.problem?.what).toContain('also holds run.jobs.list');
  const { includedPermissions } = await cloud.role();
  expect(includedPermissions).toEqual(expect.arrayContaining(['run.jobs.get', 'run.jobs.list']));
});

test('a role that was deleted for good takes another ID while its own is reserved, and later its own again', async () => {
  const { setup, check, repair, advance, cloud } = await openStage();
  await setup();
  await cloud.deleteRole();
  await advance(8 * 86_400);
  const checked = await check();
  expect(checked.exit).toBe(2);
  expect(causes(checked)).toEqual(['+ role RemotionSA: not there any more']);

  const blocked = await repair();
  expect(blocked.exit).toBe(3);
  expect(blocked.result.problem?.next).toBe('take another ID: --role-id=RemotionSA2');

  await advance(30 * 86_400);
  expect((await repair()).exit).toBe(0);
  const { bindings } = await cloud.policy();
  expect(bindings.filter(({ role }) => role === cloud.roleName)).toHaveLength(1);
});
