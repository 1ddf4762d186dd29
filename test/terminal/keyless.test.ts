import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { expectRestored, openDesk, printedOn } from './desk.ts';
import { reply } from './plain-walk.ts';
import type { Terminal } from './terminal.ts';
import { chooseProject, shows, titles, toProjects } from './walk.ts';
import { worldWith } from './worlds.ts';

const ada = 'ya29.simulated-ada-the-operator';
const forbidden = 'iam.disableServiceAccountKeyCreation';

/** The world whose organisation forbids keys. */
let cloud: OpenCloud;
beforeAll(async () => {
  const file = new URL('../../catalog/worlds/blocked.yaml', import.meta.url).pathname;
  cloud = await openCloud({ world: await worldWith([{ id: 'acme-plain' }], file) });
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** It ended ready and tested without a key, and neither a key was made nor the operator's token shown. */
async function expectReady(terminal: Terminal, project: string): Promise<void> {
  await expectRestored(terminal, 0);
  const receipt = printedOn(terminal).replaceAll(/\n(?! )|\s+/g, ' ');
  expect(receipt).toContain(
    `Ready. remotion-sa@${project}.iam.gserviceaccount.com has all 15 permissions; checked as itself`,
  );
  expect(receipt).toMatch(/key none: no key was made, and none can be lost use gcloud auth/);
  expect(terminal.raw().toString()).not.toContain(ada);
  const asked = (await cloud.requests()).filter(({ path }) => path.includes(project));
  expect(asked.map(({ principal }) => principal)).toContain(
    `serviceAccount:remotion-sa@${project}.iam.gserviceaccount.com`,
  );
  expect(asked.map(({ method, path }) => `${method} ${path}`)).not.toContainEqual(
    expect.stringMatching(/POST .*\/keys$/),
  );
}

test.concurrent(
  'where keys are forbidden a person is led past it by keys alone, to an account that is ready and tested',
  async () => {
    await using desk = await openDesk(cloud, { token: ada });
    await using terminal = await desk.open({ rows: 40 });
    await toProjects(terminal);
    await chooseProject(terminal, 'acme-video');
    await terminal.until(/forbidden here[^]*● .*act as the account[^]*○ .*leave[^]*choose/);
    expect(terminal.screen().join('\n')).toContain(forbidden);
    terminal.press('enter');
    await terminal.until(new RegExp(`${shows.plan.source}[^]*user:ada@acme\\.com[^]*do it`));
    terminal.press('enter');
    await expectReady(terminal, 'acme-video');
    expect((await desk.check('acme-video')).exitCode).toBe(0);
  },
);

test.concurrent('the same in plain questions', async () => {
  await using desk = await openDesk(cloud, { token: ada });
  await using terminal = await desk.open({ args: ['--plain'], rows: 200 });
  await reply(terminal, titles.signIn, '1');
  await reply(terminal, titles.profile, 'remotion');
  await reply(terminal, titles.project, 'acme-plain', ' acme-plain ');
  await reply(terminal, forbidden, 'act as the account', 'come back any time');
  await reply(terminal, titles.plan, 'yes', 'user:ada@acme.com');
  await expectReady(terminal, 'acme-plain');
  expect(terminal.raw().includes('\u001B')).toBe(false);
});
