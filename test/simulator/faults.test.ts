import { expect, test } from 'vitest';
import { people, startCloud } from './kernel-cloud.ts';

const run = '/v1/projects/acme-video/services/run.googleapis.com';

/** Turns a service on through a fault; gives what the client got, and whether the service is on. */
async function enable(rule: object) {
  const cloud = await startCloud();
  await cloud.post('/_/faults', { path: '*:enable', times: 1, ...rule });
  const got = await fetch(`${cloud.endpoint}${run}:enable`, {
    method: 'POST',
    headers: { authorization: `Bearer ${people.ada}` },
  })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch(() => 'cut');
  return { got, state: (await cloud.get(run)).state };
}

test.each([
  ['before', 'DISABLED'],
  ['after', 'ENABLED'],
])('whatever the client is told, a fault %s leaves the service %s', async (when, state) => {
  expect(await enable({ when, then: { kind: 'status', status: 500 } })).toMatchObject({
    got: { status: 500, text: expect.stringContaining('INTERNAL') },
    state,
  });
  expect(await enable({ when, then: { kind: 'html' } })).toMatchObject({ got: { status: 200 }, state });
  expect(await enable({ when, then: { kind: 'reset' } })).toEqual({ got: 'cut', state });
  expect(await enable({ when, then: { kind: 'delay', milliseconds: 1 } })).toMatchObject({
    got: { status: 200, text: expect.stringContaining('"done": true') },
    state: 'ENABLED',
  });
});

test.each(['before', 'after'])(
  'half an answer, %s, is JSON without its end, and can be cut',
  async (when) => {
    const { got } = await enable({ when, then: { kind: 'half' } });
    if (typeof got === 'string') throw new Error('it was cut');
    expect(got).toMatchObject({ status: 200, text: expect.stringMatching(/^\{/) });
    expect(() => void JSON.parse(got.text)).toThrow();
    expect((await enable({ when, then: { kind: 'half', cut: true } })).got).toBe('cut');
  },
);
