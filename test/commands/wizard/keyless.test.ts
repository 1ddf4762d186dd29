import { expect, test } from 'vitest';
import { setupErrand } from '../../../src/commands/setup-errand.ts';
import { guide } from '../../../src/commands/wizard/guide.ts';
import { join } from 'node:path';
import { readWorldFile } from '../../../src/simulator/server.ts';
import { openStage } from '../../flows/stage.ts';
import { choose, person, yes, type Line } from './person.ts';

const type = (text: string) => ({ kind: 'typed', text }) as const;

/** Ada sets up where her organisation forbids keys, and is asked what the script says. */
async function forbidden(script: readonly Line[], nameless = false) {
  const blocked = new URL('../../../catalog/worlds/blocked.yaml', import.meta.url).pathname;
  const stage = await openStage({ world: await readWorldFile(blocked) });
  const { folder, endpoint } = stage;
  const accessTokenFile = await stage.tokenOf('ya29.simulated-ada-the-operator');
  // As for a token that was made without the address of its owner.
  if (nameless) await stage.fault({ path: '/tokeninfo', then: { kind: 'status', status: 400 } });
  const told = person(script);
  const flags = {
    ...{ endpoint, accessTokenFile, project: 'acme-video', profile: 'remotion-cloudrun' },
    stateDir: join(folder, 'state'),
  };
  const start = {
    errand: setupErrand,
    flags,
    endpoint,
    badge: 'simulated',
    env: {},
    home: folder,
    cwd: folder,
  };
  const guided = await guide(told.talk, { ...start, demo: true }, {});
  if (guided.kind !== 'done') throw new Error('the embedded cloud was not to be chosen');
  expect(told.rest()).toEqual([]);
  return { stage, told, ...guided.outcome };
}

test('where keys are forbidden a person chooses another way, says what it needs, and ends ready', async () => {
  const { told, exit, keyless } = await forbidden([
    ['problem:key', choose('ask-administrator')],
    ['request', choose('back')],
    ['problem:key', choose('impersonation')],
    ['plan', yes],
  ]);
  expect(exit).toBe('done');
  expect(keyless).toMatchObject({ kind: 'impersonation' });
  expect(JSON.stringify(told.question('plan'))).toContain('user:ada@acme.com');
  expect(JSON.stringify(told.question('request'))).toContain('set on organizations/583920471652');
  const { problem } = told.question('problem:key') as { problem?: { what: string } };
  expect(problem?.what).toContain('iam.disableServiceAccountKeyCreation');
});

test('who is to act as the account is asked only where Google does not say whose the credentials are', async () => {
  const { told, exit } = await forbidden(
    [
      ['problem:key', choose('impersonation')],
      ['impersonator', { kind: 'tries', text: 'everybody' }],
      ['impersonator', type('ada@acme.com')],
      ['plan', yes],
    ],
    true,
  );
  expect(exit).toBe('done');
  expect(told.complaints).toHaveLength(1);
});

test('workflows are let in where a person names their repository, and the lines to paste are told', async () => {
  const { exit, keyless } = await forbidden([
    ['problem:key', choose('github')],
    ['repository', { kind: 'tries', text: 'acme' }],
    ['repository', type('acme/video')],
    ['plan', yes],
  ]);
  expect(exit).toBe('done');
  expect(keyless?.lines).toContain('  id-token: write');
});

test('a service that is not there yet is told how to be deployed', async () => {
  const { exit, keyless } = await forbidden([
    ['problem:key', choose('attached')],
    ['run-service', type('europe-west1/render')],
    ['plan', yes],
  ]);
  expect(exit).toBe('done');
  expect(keyless?.lines[0]).toContain('--service-account=remotion-sa@');
});
