import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

const everyStep = ['project', 'services', 'role', 'account', 'grant', 'key', 'validate'];

test('from nothing everything is made, a second setup writes nothing, and a check agrees', async () => {
  const { setup, check, writes, forgetRequests, heldKey, cloud } = await openStage();

  const first = await setup();
  expect(first.exit).toBe(0);
  expect(first.result.states).toEqual(Object.fromEntries(everyStep.map((step) => [step, 'ready'])));
  const key = await heldKey();
  expect(key).toMatchObject({ mode: 0o600, email: cloud.email });
  expect(await cloud.keys()).toEqual([key.id]);

  await forgetRequests();
  const second = await setup();
  expect(second.exit).toBe(0);
  expect(second.events.filter(({ type }) => type === 'plan')).toEqual([]);
  expect(await writes()).toEqual([]);

  const checked = await check();
  expect(checked.exit).toBe(0);
  expect(checked.result).toMatchObject({ status: 'ready', changes: [] });
  expect(await writes()).toEqual([]);
});
