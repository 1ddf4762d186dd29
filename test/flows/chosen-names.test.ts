import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

test('names that were chosen are kept: later runs need no flag, and a title changes only where somebody chose it', async () => {
  const { setup, check, writes, forgetRequests, cloud } = await openStage();
  const chosen = { roleId: 'Renderer', roleTitle: 'Renders "films"', accountName: 'Films' };
  expect((await setup(chosen)).exit).toBe(0);
  expect(await cloud.role('Renderer')).toMatchObject({ title: 'Renders "films"' });

  await forgetRequests();
  expect((await check()).exit).toBe(0);
  expect((await setup()).exit).toBe(0);
  expect(await writes()).toEqual([]);

  expect((await setup({ roleTitle: 'Films only', accountName: 'Cinema' })).exit).toBe(0);
  expect(await cloud.role('Renderer')).toMatchObject({ title: 'Films only' });
  expect((await writes()).map((write) => write.split(' ')[0])).toEqual(['PATCH', 'PATCH']);
});
