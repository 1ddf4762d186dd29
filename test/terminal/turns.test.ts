import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { eventsOf } from '../commands/iamready.ts';
import { cloudByHand } from '../flows/cloud-by-hand.ts';
import { expectRestored, openDesk, printedOn } from './desk.ts';
import type { Terminal } from './terminal.ts';
import { back, shows, toPlan, toProjects } from './walk.ts';
import { worldWith } from './worlds.ts';

let cloud: OpenCloud;
beforeAll(async () => {
  const ids = ['acme-mend', 'acme-steps', 'acme-back', 'acme-read', 'acme-copy'];
  cloud = await openCloud({ world: await worldWith(ids.map((id) => ({ id }))) });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const writesIn = async (project: string) =>
  (await cloud.writes()).filter(({ path }) => path.includes(project)).map(({ path }) => path);
const text = (terminal: Terminal): string => terminal.screen().join('\n');

test.concurrent('a second run offers the first, and its plan is only what was taken away since', async () => {
  await using desk = await openDesk(cloud);
  await using first = await desk.open();
  await toPlan(first, 'acme-mend');
  first.press('enter');
  await expectRestored(first, 0);

  const hand = cloudByHand(cloud.endpoint, cloud.token, 'acme-mend');
  const { includedPermissions } = await hand.role();
  const [taken = '', ...left] = includedPermissions;
  await hand.patchRole({ includedPermissions: left }, 'includedPermissions');
  const keys = await hand.keys();

  await using second = await desk.open();
  await second.until(shows.earlier);
  expect(text(second)).toMatch(/● check and repair +acme-mend/);
  second.press('enter');
  await second.until(shows.signIn);
  second.press('enter');
  await second.until(shows.plan);
  expect(text(second)).toMatch(new RegExp(`~ role +RemotionSA\\s+lost ${taken}`));
  expect(text(second)).not.toMatch(/[+~] (?:account|grant|key|service)/);
  second.press('enter');
  await expectRestored(second, 0);
  expect((await hand.role()).includedPermissions.toSorted()).toEqual(includedPermissions.toSorted());
  expect(await hand.keys()).toEqual(keys);
  await desk.expectNoSecret(second);
});

test.concurrent('step by step, with a name changed on the way and a step left out', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await toPlan(terminal, 'acme-steps');
  terminal.type('s');
  await terminal.until(/Services\n.*APIs that must be on/);
  await back(terminal, shows.plan);
  terminal.type('s');
  await terminal.until(/Services\n.*APIs that must be on/);
  terminal.press('enter');
  await terminal.until(/ Custom role\n[^]*e edit/);
  terminal.type('e');
  await terminal.until('What shall be otherwise?');
  expect(text(terminal)).not.toContain('account ID');
  terminal.press('enter');
  await terminal.until('What shall the role ID be?');
  // As it comes over a slow line: several keys at once.
  terminal.type('\u0015a role');
  await terminal.until(/Role ID {2}a role[^]*use 3 to 64 letters/);
  terminal.type('\u0015RenderRole');
  await terminal.until(/RenderRole[^]*it can be used/);
  terminal.press('enter');
  await terminal.until(/ Custom role\n[^]*RenderRole/);
  terminal.press('enter');
  await terminal.until(/ Account\n[^]*remotion-sa/);
  terminal.press('enter');
  await terminal.until(/ Grant\n[^]*do it/);
  terminal.press('enter');
  await terminal.until(/Going back does not take it\s+back/);
  terminal.type('n');
  await expectRestored(terminal, 2);
  const hand = cloudByHand(cloud.endpoint, cloud.token, 'acme-steps');
  expect((await hand.role('RenderRole')).includedPermissions).toHaveLength(15);
  expect(await hand.keys()).toEqual([]);
  expect(await desk.keyFiles()).toEqual([]);
  await desk.expectStateIntact();
});

test.concurrent('back to the beginning by Escape alone, forth again, and no', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await toPlan(terminal, 'acme-back');
  await back(terminal, shows.project);
  terminal.type('site');
  await terminal.until(/Filter +site[^]*acme-site/);
  await back(terminal, /acme-back/);
  await back(terminal, shows.profile);
  await back(terminal, shows.signIn);
  expect(text(terminal)).not.toContain('esc back');
  await toPlan(terminal, 'acme-back');
  terminal.type('n');
  await expectRestored(terminal, 2);
  expect(printedOn(terminal)).toContain('Declined; nothing more was written.');
  expect(await writesIn('acme-back')).toEqual([]);
});

test.concurrent('details and help can be read to their end, and closed', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open({ columns: 40, rows: 20 });
  await toPlan(terminal, 'acme-read');
  terminal.press('page-down');
  await terminal.until(/↑ \d+ more/);
  terminal.press('end');
  await terminal.until(() => !/↓ \d+ more/.test(text(terminal)));
  expect(text(terminal)).toMatch(/Google\s+sometimes needs longer/);
  terminal.press('home');
  await terminal.until(() => !/↑ \d+ more/.test(text(terminal)));
  expect(text(terminal)).toMatch(shows.plan);
  terminal.type('d');
  await terminal.until(/esc close/);
  terminal.press('end');
  await terminal.until(/keys\s+create[^]*c copy/);
  await back(terminal, shows.plan);
  terminal.type('?');
  await terminal.until(/Where am I[^]*What comes next/);
  terminal.press('page-down');
  await terminal.until('Can I undo it');
  terminal.press('end');
  await terminal.until(/left as it is\n/);
  await back(terminal, shows.plan);
  terminal.type('q');
  await expectRestored(terminal, 130);
  expect(printedOn(terminal)).toContain('Left. Nothing was written.');
  expect(await writesIn('acme-read')).toEqual([]);
});

test.concurrent('c puts the gcloud commands of the plan on the clipboard, whole', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open({ columns: 40, rows: 20 });
  await toPlan(terminal, 'acme-copy');
  terminal.type('c');
  await terminal.until('Sent to the clipboard.');
  const asked = ['--profile=remotion-cloudrun', '--project=acme-copy', `--endpoint=${cloud.endpoint}`];
  const dry = await desk.home.run(['setup', ...asked, '--dry-run', '--json'], {
    IAMREADY_ACCESS_TOKEN_FILE: desk.home.path('access-token'),
  });
  const { events } = eventsOf(dry);
  const commands = events
    .flatMap((event) => (event.type === 'plan' ? event.steps : []))
    .flatMap(({ changes }) => changes.flatMap(({ gcloud = [] }) => gcloud));
  expect(commands.length).toBeGreaterThan(5);
  expect(terminal.clipboard()).toEqual([commands.join('\n')]);
  terminal.press('ctrl-c');
  await expectRestored(terminal, 130);
});

test.concurrent('a project can be made on the way', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await toProjects(terminal);
  terminal.press('end');
  await terminal.until(/● create a project/);
  terminal.press('enter');
  await terminal.until('What shall the new project be called?');
  terminal.type('\u0015acme-video');
  await terminal.until('acme-video is there already');
  terminal.type('\u0015my-project');
  await terminal.until(/my-project[^]*it can be used/);
  terminal.press('enter');
  await terminal.until('Where shall it stand?');
  await back(terminal, 'What shall the new project be called?');
  // It is asked about anew, and Enter goes on only once that is answered.
  await terminal.until('it can be used');
  terminal.press('enter');
  await terminal.until('Where shall it stand?');
  terminal.press('enter');
  await terminal.until('Who pays for it?');
  terminal.press('enter');
  // Somebody else's has the ID, which only the attempt can tell; another is proposed.
  await terminal.until('my-project is taken');
  await terminal.until(/my-project-\d{5}/);
  terminal.type('\u0015acme-made-here');
  await terminal.until(/acme-made-here[^]*it can be used/);
  terminal.press('enter');
  await terminal.until('Where shall it stand?');
  terminal.press('enter');
  await terminal.until('Who pays for it?');
  terminal.press('enter');
  await terminal.until(/will change in\s+acme-made-here/);
  terminal.press('enter');
  await expectRestored(terminal, 0);
  expect((await desk.check('acme-made-here')).exitCode).toBe(0);
});

test.concurrent(
  'who is refused learns that nothing could be checked, and signs in as somebody else',
  async () => {
    await using desk = await openDesk(cloud, { token: 'ya29.of-nobody' });
    await using terminal = await desk.open();
    await terminal.until(shows.signIn);
    terminal.press('enter');
    await terminal.until(shows.profile);
    terminal.press('enter');
    await terminal.until(/does not accept the credentials[^]*● type an ID/);
    terminal.press('enter');
    await terminal.until('Which project?');
    terminal.type('acme-video');
    await terminal.until(/could not be\s+checked/);
    terminal.press('enter');
    await terminal.until(/Your move[^]*does not accept the credentials/);
    terminal.type('s');
    await terminal.until(shows.signIn);
    terminal.type('q');
    await expectRestored(terminal, 130);
  },
);
