import { describe, expect, test } from 'vitest';
import { failure } from './clouds.ts';
import { PATIENCE, PROJECT, SAM, simulated } from './simulated.ts';

const POOL = 'deploy-pool';
const PROVIDER = 'github';
const oidc = { issuerUri: 'https://token.actions.githubusercontent.com', allowedAudiences: [] };
const mapping = { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' };
const CONTENT = {
  oidc,
  attributeMapping: mapping,
  attributeCondition: "assertion.repository_owner == 'acme'",
};
const condition = "assertion.repository == 'acme/site'";

describe('a workload identity pool', () => {
  test('is made and waited for, taken for absent before, and named with the project’s number', async () => {
    const { cloud } = await simulated({ lag: 'typical', clockSpeed: 20 });
    expect(await cloud.pools.get(PROJECT, POOL)).toBeUndefined();
    const waits: number[] = [];
    await cloud.pools.create(PROJECT, POOL, { displayName: 'Deploy' }, (ms) => waits.push(ms));
    expect(waits.length).toBeGreaterThan(0);
    const number = (await cloud.projects.get(PROJECT))?.number ?? '';
    await expect
      .poll(() => cloud.pools.get(PROJECT, POOL), PATIENCE)
      .toEqual({
        name: `projects/${number}/locations/global/workloadIdentityPools/${POOL}`,
        displayName: 'Deploy',
        description: '',
        disabled: false,
        deleted: false,
      });
  });

  test('is seen as deleted once it is, is taken then, and comes back with its provider', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    const { pools, poolProviders } = cloud;
    await pools.create(PROJECT, POOL, {});
    await poolProviders.create(PROJECT, POOL, PROVIDER, CONTENT);
    const before = await poolProviders.get(PROJECT, POOL, PROVIDER);
    await pools.delete(PROJECT, POOL);
    expect((await pools.get(PROJECT, POOL))?.deleted).toBe(true);
    expect((await failure(pools.create(PROJECT, POOL, {}))).kind).toBe('exists');
    await pools.undelete(PROJECT, POOL);
    expect((await pools.get(PROJECT, POOL))?.deleted).toBe(false);
    expect(await poolProviders.get(PROJECT, POOL, PROVIDER)).toEqual(before);
    await pools.delete(PROJECT, 'no-such-pool');
  });

  test('that one may not make or see is denied, and an ID that is no name never leaves', async () => {
    const { cloud, log } = await simulated();
    for (const call of [
      cloud.as(SAM).pools.create(PROJECT, POOL, {}),
      cloud.as(SAM).pools.get(PROJECT, POOL),
    ])
      expect((await failure(call)).kind).toBe('denied');
    const sent = log.filter(({ httpStatus }) => httpStatus !== undefined).length;
    for (const id of ['..', 'a/b', ''])
      expect((await failure(cloud.poolProviders.get(PROJECT, POOL, id))).kind).toBe('invalid');
    expect(log.filter(({ httpStatus }) => httpStatus !== undefined)).toHaveLength(sent);
  });
});

describe('a provider', () => {
  test('is made, and only what is to be written is: the rest stays', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    const { poolProviders } = cloud;
    await cloud.pools.create(PROJECT, POOL, {});
    await poolProviders.create(PROJECT, POOL, PROVIDER, { ...CONTENT, displayName: 'GitHub' });
    await poolProviders.patch(PROJECT, POOL, PROVIDER, { attributeCondition: condition, disabled: true });
    expect(await poolProviders.get(PROJECT, POOL, PROVIDER)).toEqual({
      name: expect.stringMatching(/^projects\/\d+\/.*\/deploy-pool\/providers\/github$/) as unknown,
      displayName: 'GitHub',
      description: '',
      disabled: true,
      deleted: false,
      attributeMapping: mapping,
      attributeCondition: condition,
      oidc,
    });
  });

  test('that is deleted cannot be changed before it is back', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    const { poolProviders } = cloud;
    await cloud.pools.create(PROJECT, POOL, {});
    await poolProviders.create(PROJECT, POOL, PROVIDER, CONTENT);
    await poolProviders.delete(PROJECT, POOL, PROVIDER);
    expect((await poolProviders.get(PROJECT, POOL, PROVIDER))?.deleted).toBe(true);
    const change = () => poolProviders.patch(PROJECT, POOL, PROVIDER, { attributeCondition: condition });
    expect((await failure(change())).kind).toBe('precondition');
    await poolProviders.undelete(PROJECT, POOL, PROVIDER);
    await change();
    expect((await poolProviders.get(PROJECT, POOL, PROVIDER))?.attributeCondition).toBe(condition);
  });

  test('without a subject is refused with what Google says', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    await cloud.pools.create(PROJECT, POOL, {});
    const content = { ...CONTENT, attributeMapping: { 'attribute.repository': 'assertion.repository' } };
    const error = await failure(cloud.poolProviders.create(PROJECT, POOL, PROVIDER, content));
    expect(error).toMatchObject({
      kind: 'invalid',
      method: 'projects.locations.workloadIdentityPools.providers.create',
    });
  });
});
