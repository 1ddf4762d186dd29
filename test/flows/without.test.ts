import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

const loss = 'run.services.delete';

test('a permission that is left out is in neither role nor validation, stays out in later runs, and can be taken in again', async () => {
  const { setup, check, writes, forgetRequests, cloud } = await openStage();
  const { exit, events } = await setup({ without: loss });
  expect(exit).toBe(0);
  const role = await cloud.role();
  expect(role.includedPermissions).toHaveLength(14);
  expect(role.includedPermissions).not.toContain(loss);
  expect(JSON.stringify(events)).toContain(`${loss} is left out, you gave --without: fails without it: `);

  await forgetRequests();
  expect((await check()).exit).toBe(0);
  expect((await setup()).exit).toBe(0);
  expect(await writes()).toEqual([]);

  expect((await check({ without: 'none' })).exit).toBe(2);
  expect((await setup({ without: 'none' })).exit).toBe(0);
  expect((await cloud.role()).includedPermissions).toContain(loss);
});

test('what is left out later is told as more than was asked for, and goes where that is wanted', async () => {
  const { setup, check, cloud } = await openStage();
  await setup();
  const { exit, events } = await setup({ without: loss });
  expect(exit).toBe(0);
  expect(JSON.stringify(events)).toContain(`also holds ${loss}`);
  expect((await check({ removeExtra: true })).exit).toBe(2);
  expect((await setup({ removeExtra: true })).exit).toBe(0);
  expect((await cloud.role()).includedPermissions).not.toContain(loss);
});

test('what the profile does not ask for cannot be left out', async () => {
  const { setup, writes } = await openStage();
  const slip = await setup({ without: 'run.services.delte' });
  expect([slip.exit, slip.result.problem?.next]).toEqual([64, `write ${loss} if that was meant`]);
  const { exit, result } = await setup({ without: 'compute.disks.get' });
  expect([exit, result.problem?.what]).toEqual([
    64,
    '--without: "compute.disks.get" is not a permission of remotion-cloudrun',
  ]);
  expect(await writes()).toEqual([]);
});
