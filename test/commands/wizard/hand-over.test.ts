import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStage } from '../../flows/stage.ts';
import { back, choose, tries, type, yes, type Line } from './person.ts';
import { takePart } from './take-part.ts';

const inAcmeVideo = (who: string): Line[] => [
  ['sign-in', choose(who)],
  ['profile', choose('remotion-cloudrun')],
  ['project', choose('acme-video')],
];

test('a viewer is shown whom to ask and what to send, and writes the plan, which an admin carries out', async () => {
  const stage = await openStage();
  const file = join(stage.folder, 'plan.json');
  const { told, code, preflight } = await takePart(stage, [
    ...inAcmeVideo('vera'),
    ['problem:services', choose('ask-administrator')],
    ['message', back],
    ['problem:services', choose('write-plan')],
    ['plan-file', tries(join(stage.folder, 'access-token'))],
    ['plan-file', tries(stage.folder)],
    ['plan-file', type(file)],
    ['problem:services', choose('leave')],
  ]);
  expect(code).toBe(3);
  expect(told.question('problem:services')).toMatchObject({
    title: 'What you may do',
    notes: [{ text: expect.stringContaining(`iamready apply ${file}`) }],
    preflight: { ask: [{ member: 'user:ada@acme.com' }] },
  });
  expect(told.question('message')).toMatchObject({
    copy: expect.stringContaining('npx iamready apply acme-video.plan.json'),
  });
  expect(preflight?.message.join('\n')).toContain(`npx iamready apply ${file}`);
  expect(told.complaints).toEqual([
    expect.stringContaining('something else is in this file'),
    expect.stringContaining('name a file'),
  ]);
  expect(await stage.writes()).toEqual([]);
  expect((await stage.apply(file)).exit).toBe(0);
});

test('who may do a part of it does that on one choice, and is told at the end what is left and whom to ask', async () => {
  const stage = await openStage();
  await stage.cloud.changePolicy((policy) => ({
    ...policy,
    bindings: [
      ...policy.bindings,
      ...['roles/iam.roleAdmin', 'roles/serviceusage.serviceUsageAdmin'].map((role) => ({
        role,
        members: ['user:vera@acme.com'],
      })),
    ],
  }));
  const { told, code, session, preflight } = await takePart(stage, [
    ...inAcmeVideo('vera'),
    ['problem:account', choose('partial')],
    ['plan', yes],
  ]);
  expect(code).toBe(3);
  expect(told.question('problem:account')).toMatchObject({
    options: expect.arrayContaining([
      { id: 'partial', label: 'do the rest', columns: ['what you may: services, custom role'] },
    ]),
  });
  expect(session.nodes).toMatchObject({ role: { state: 'ready' }, account: { state: 'blocked' } });
  expect(preflight?.message.join('\n')).toContain('iam.serviceAccounts.create');
});

test('a plan that one may carry out can be written for somebody else, and is asked about again', async () => {
  const stage = await openStage();
  const file = join(stage.folder, 'plan.json');
  const { told, status } = await takePart(stage, [
    ...inAcmeVideo('ada'),
    ['plan', { kind: 'write-plan' }],
    ['plan-file', back],
    ['plan', { kind: 'write-plan' }],
    ['plan-file', type(file)],
    ['plan', { kind: 'no' }],
  ]);
  expect(status).toBe('differs');
  expect(told.question('plan')).toMatchObject({
    writable: true,
    notes: expect.arrayContaining([{ tone: 'note', text: expect.stringContaining(file) }]),
  });
  expect(await stage.writes()).toEqual([]);
  expect((await stage.apply(file, { dryRun: true, yes: undefined })).exit).toBe(2);
});
