import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { expectRestored, openDesk, printedOn } from './desk.ts';
import { toPlan } from './walk.ts';

const viewer = 'ya29.simulated-vera-the-viewer';

let cloud: OpenCloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

test('by keys alone: a viewer sees what is missing, writes the plan, and leaves with a message; an admin carries it out', async () => {
  await using desk = await openDesk(cloud, { token: viewer });
  {
    await using terminal = await desk.open({
      args: ['--profile=remotion-cloudrun', '--project=acme-video'],
    });
    await terminal.until(/Who are you[^]*choose/);
    terminal.press('enter');
    await terminal.until(/may not do all of this[^]*ada@acme\.com[^]*ask an administrator[^]*write the plan/);
    terminal.type('a');
    await terminal.until(/A message to send[^]*Hello, I am setting up[^]*c copy/);
    terminal.press('enter');
    await terminal.until(/write the plan[^]*copy/);
    terminal.type('w');
    await terminal.until(/Into which file[^]*acme-video\.plan\.json[^]*it can be used/);
    terminal.press('enter');
    await terminal.until(/The plan is in \.\/acme-video\.plan\.json[^]*leave/);
    terminal.type('l');
    await expectRestored(terminal, 3);
    const left = printedOn(terminal).replaceAll(/\s+/g, ' ');
    for (const part of [
      'iam.serviceAccounts.create',
      'npx iamready apply ./acme-video.plan.json',
      'Nothing was written.',
    ])
      expect(left).toContain(part);
    expect(await cloud.writes()).toEqual([]);
  }
  const admin = await desk.home.write('ada', cloud.token);
  const applied = await desk.home.run([
    ...['apply', 'acme-video.plan.json', '--yes'],
    ...[`--endpoint=${cloud.endpoint}`, `--access-token-file=${admin}`],
  ]);
  expect(applied.exitCode, applied.stderr).toBe(0);
  expect(applied.stdout).toContain('Ready.');
  expect(applied.stderr).toContain('vera@acme.com made this plan');
  expect(applied.stderr).toMatch(/storage\.objects\.delete: Remove the files/);
});

test('o in the plan writes it to a file, and the plan is still there to be answered', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await toPlan(terminal, 'acme-site');
  await terminal.until(/o\s+(?:write plan to a file|to a file)/);
  terminal.type('o');
  await terminal.until(/Into which file[^]*acme-site\.plan\.json[^]*it can be used/);
  terminal.press('enter');
  await terminal.until(/The plan is in \.\/acme-site\.plan\.json[^]*do it/);
  expect(await desk.home.files()).toContain('acme-site.plan.json');
  terminal.type('n');
  await expectRestored(terminal, 2);
});
