import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { expectRestored, openDesk, printedOn } from './desk.ts';
import { reply } from './plain-walk.ts';
import { back, chooseProject, shows, toPlan, titles } from './walk.ts';
import { worldWith } from './worlds.ts';

const keyId = 'a'.repeat(40);
const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const deployer = 'deployer@acme-keyed.iam.gserviceaccount.com';

let cloud: OpenCloud;
beforeAll(async () => {
  const world = await worldWith([
    {
      id: 'acme-keyed',
      serviceAccounts: [
        {
          id: 'deployer',
          disabled: false,
          created: 0,
          keys: [{ id: keyId, publicKey: pair.publicKey, disabled: false }],
        },
      ],
      policy: {
        bindings: [{ role: 'roles/owner', members: [`serviceAccount:${deployer}`, 'user:ada@acme.com'] }],
        auditConfigs: [],
      },
    },
    { id: 'acme-plain' },
    { id: 'acme-dumb' },
    { id: 'acme-spoken' },
  ]);
  cloud = await openCloud({ world });
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** Who wrote into a project. */
async function writesIn(project: string): Promise<string[]> {
  const writes = await cloud.writes();
  return writes.filter(({ path }) => path.includes(project)).map(({ principal }) => principal);
}

test.concurrent('from nothing to the receipt by keys alone, with no flag but the endpoint', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await toPlan(terminal, 'acme-video');
  expect(await writesIn('acme-video')).toEqual([]);
  terminal.press('enter');
  await expectRestored(terminal, 0);
  const receipt = printedOn(terminal).replaceAll(/\n(?! )/g, '');
  expect(receipt).toMatch(
    /^Ready\. remotion-sa@acme-video\.iam\.gserviceaccount\.com has all 15 permissions/,
  );
  const [keyFile = ''] = await desk.keyFiles();
  expect(receipt).toContain(keyFile);
  await desk.expectNoSecret(terminal);
  expect(receipt).toContain('later  iamready check');
  expect((await desk.check('acme-video')).exitCode).toBe(0);
});

test.concurrent('whoever has a key of a service account at hand can sign in with it', async () => {
  await using desk = await openDesk(cloud);
  const key = {
    type: 'service_account',
    project_id: 'acme-keyed',
    private_key_id: keyId,
    private_key: pair.privateKey,
    client_email: deployer,
    token_uri: `${cloud.endpoint}/token`,
  };
  await desk.home.write('deployer.json', JSON.stringify(key));
  await using terminal = await desk.open();
  await terminal.until(shows.signIn);
  await terminal.until(/● the owner of an access token[^]*○ deployer@/);
  terminal.press('down');
  await terminal.until(/● deployer@/);
  terminal.press('enter');
  await terminal.until(shows.profile);
  await back(terminal, shows.signIn);
  // They are found anew, one after the other: a step down would lead elsewhere while the second is not there.
  await terminal.until(/● the owner of an access token[^]*○ deployer@/);
  terminal.press('down');
  await terminal.until(/● deployer@/);
  terminal.press('enter');
  await terminal.until(shows.profile);
  terminal.press('enter');
  await terminal.until(shows.project);
  await chooseProject(terminal, 'acme-keyed');
  await terminal.until(shows.plan);
  expect(terminal.screen().join('\n')).toContain(deployer);
  terminal.press('enter');
  await expectRestored(terminal, 0);
  expect(await writesIn('acme-keyed')).toContain(`serviceAccount:${deployer}`);
  expect((await desk.check('acme-keyed')).exitCode).toBe(0);
});

test.concurrent.for([
  ['asked for with --plain', 'acme-plain', ['--plain'], {}],
  ['on a terminal that can do nothing', 'acme-dumb', [], { TERM: 'dumb' }],
  ['for a screen reader', 'acme-spoken', [], { INK_SCREEN_READER: 'true' }],
] as const)('the same in plain questions, %s', async ([, project, args, env]) => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open({ args, env, rows: 200 });
  await reply(terminal, titles.signIn, '1', 'access token');
  await reply(terminal, titles.profile, 'remotion');
  await reply(terminal, titles.project, project, ` ${project} `);
  await reply(terminal, titles.plan, 'yes');
  await expectRestored(terminal, 0);
  expect(printedOn(terminal)).toContain(`Ready. remotion-sa@${project}.iam.gserviceaccount.com has all 15`);
  expect(terminal.raw().includes('\u001B')).toBe(false);
  await desk.expectNoSecret(terminal);
  expect((await desk.check(project)).exitCode).toBe(0);
});
