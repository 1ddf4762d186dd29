import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

const refused = { kind: 'status', status: 429, retryAfter: 1 };

test('told to slow down when it asks for a key, a run looks whether there is one all the same before it asks again', async () => {
  const { setup, fault, heldKey, cloud, requests } = await openStage();
  await fault({ method: 'POST', path: '*/keys', times: 1, then: refused });
  expect((await setup()).exit).toBe(0);
  expect(await cloud.keys()).toEqual([(await heldKey()).id]);
  const about = (await requests()).filter(({ path }) => path.endsWith('/keys')).map(({ method }) => method);
  expect(about.join(' ')).toContain('POST GET GET GET POST');
});

test('a key that was made although the answer was to slow down is not made twice, and the next run removes it', async () => {
  const { setup, fault, heldKey, cloud } = await openStage();
  await fault({ method: 'POST', path: '*/keys', times: 1, when: 'after', then: refused });
  expect((await setup()).exit).toBe(6);
  expect(await cloud.keys()).toHaveLength(1);
  expect((await setup()).exit).toBe(0);
  expect(await cloud.keys()).toEqual([(await heldKey()).id]);
});
