import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LeftError } from '../../../src/commands/wizard/talk.ts';
import { openStage } from '../../flows/stage.ts';
import { back, choose, leave, no, tries, type, whenLoaded, yes, type Line } from './person.ts';
import { takePart } from './take-part.ts';

const signedIn: readonly Line[] = [
  ['sign-in', choose('ada')],
  ['profile', choose('remotion-cloudrun')],
];
const inAcmeVideo: readonly Line[] = [...signedIn, ['project', choose('acme-video')]];

test('somebody who knows nothing is asked who, what for and where, sees the plan, and ends with an account that is ready', async () => {
  const stage = await openStage();
  const { told, status, undoable } = await takePart(stage, [...inAcmeVideo, ['plan', yes]]);
  expect(status).toBe('ready');
  expect((await stage.check()).exit).toBe(0);
  expect(told.headers.at(-1)).toEqual({
    profile: 'Remotion Cloud Run',
    project: 'acme-video',
    operator: 'ada@acme.com',
    badge: 'simulated',
  });
  expect(told.steps.find(({ id }) => id === 'role')?.details).toHaveLength(15);
  expect(undoable).toBe(true);
});

test('a profile that grants on an account, too, is gone through in the same way', async () => {
  const stage = await openStage();
  const { status } = await takePart(stage, [
    ['sign-in', choose('ada')],
    ['profile', choose('cloud-run-deployer')],
    ['project', choose('acme-video')],
    ['plan', yes],
  ]);
  expect(status).toBe('ready');
});

test('nothing is written before the plan was answered, and leaving there leaves nothing', async () => {
  const stage = await openStage();
  await expect(takePart(stage, [...inAcmeVideo, ['plan', leave]])).rejects.toBeInstanceOf(LeftError);
  expect(await stage.writes()).toEqual([]);
  const { code } = await takePart(stage, [...inAcmeVideo, ['plan', no]]);
  expect(code).toBe(2);
  expect(await stage.writes()).toEqual([]);
});

test('going back leads through every question that was asked, and forward again with other answers', async () => {
  const stage = await openStage();
  const { scene } = await takePart(stage, [
    ['sign-in', choose('vera')],
    ['profile', choose('remotion-cloudrun')],
    ['project', choose('acme-video')],
    ['problem:services', back],
    ['project', back],
    ['profile', back],
    ...signedIn,
    ['project', choose('acme-site')],
    ['plan', back],
    ['project', choose('acme-video')],
    ['plan', yes],
  ]);
  expect(scene).toMatchObject({ project: 'acme-video', operator: 'ada@acme.com' });
});

test('step by step asks before each, a name can be changed on the way, and the order holds', async () => {
  const stage = await openStage();
  const { told, status } = await takePart(stage, [
    ...inAcmeVideo,
    ['plan', { kind: 'step-by-step' }],
    ['step:services', yes],
    ['step:role', { kind: 'edit' }],
    ['names', choose('roleTitle')],
    ['name:roleTitle', tries('  ')],
    ['name:roleTitle', type('Renders films')],
    ['step:role', yes],
    ['step:account', yes],
    ['step:grant', yes],
    ['step:key', yes],
    ['step:validate', yes],
  ]);
  expect(status).toBe('ready');
  expect(await stage.cloud.role()).toMatchObject({ title: 'Renders films' });
  expect(told.complaints).toEqual([expect.stringContaining('100 bytes')]);
});

test('permissions can be searched and left out at the plan, each with what fails without it, and taken in again', async () => {
  const stage = await openStage();
  const { told, status } = await takePart(stage, [
    ...inAcmeVideo,
    ['plan', { kind: 'edit' }],
    ['names', choose('permissions')],
    ['permissions', choose('run.services.delete')],
    ['permissions', choose('logging.logEntries.list')],
    ['permissions', choose('run.services.delete')],
    ['permissions', choose('done')],
    ['plan', yes],
  ]);
  expect(status).toBe('ready');
  const { includedPermissions } = await stage.cloud.role();
  expect(includedPermissions).toHaveLength(14);
  expect(includedPermissions).not.toContain('logging.logEntries.list');
  const list = told.choice('permissions');
  expect(list).toMatchObject({ filter: true, title: 'The role gets 14 of 15 permissions.' });
  expect(told.option('permissions', 'logging.logEntries.list')).toMatchObject({
    columns: ['left out', expect.stringContaining('recent logs')],
    detail: expect.stringMatching(/^Left out, so this fails: Used by the CLI/),
  });
  expect(told.option('permissions', 'run.services.delete').detail).toMatch(/^Without it this fails: Delete /);
});

test('a step that is declined is left out, with what rests on it, and the rest stands', async () => {
  const stage = await openStage();
  const { status, code, session } = await takePart(stage, [
    ...inAcmeVideo,
    ['plan', { kind: 'step-by-step' }],
    ['step:services', yes],
    ['step:role', yes],
    ['step:account', yes],
    ['step:grant', yes],
    ['step:key', no],
  ]);
  expect({ status, code }).toEqual({ status: 'differs', code: 2 });
  expect(Object.entries(session.nodes).map(([id, { state }]) => `${id} ${state}`)).toEqual([
    'project ready',
    'services ready',
    'role ready',
    'account ready',
    'grant ready',
    'key declined',
    'validate differs',
  ]);
});

test('an ID that somebody has already is refused as it is typed', async () => {
  const stage = await openStage();
  await stage.cloud.enableService('iam.googleapis.com');
  await stage.cloud.createRole('Taken', { title: "Somebody's", includedPermissions: ['run.services.get'] });
  const { told, scene } = await takePart(stage, [
    ...inAcmeVideo,
    ['plan', { kind: 'edit' }],
    ['names', choose('roleId')],
    ['name:roleId', tries('no!')],
    ['name:roleId', tries('Taken')],
    ['name:roleId', type('Renderer')],
    ['plan', { kind: 'edit' }],
    ['names', choose('accountId')],
    ['name:accountId', type('renderer')],
    ['plan', yes],
  ]);
  expect(told.complaints).toEqual([
    expect.stringContaining('3 to 64 letters'),
    'acme-video has a role of this ID already ("Somebody\'s"); take another',
  ]);
  expect(scene.email).toBe('renderer@acme-video.iam.gserviceaccount.com');
  expect(await stage.cloud.role('Renderer')).toMatchObject({ title: 'Remotion API Service Account' });
});

test('an env file can be chosen at the plan: its path is checked as it is typed, and it gets the key, too', async () => {
  const stage = await openStage();
  const envFile = join(stage.folder, '.env');
  const open = join(stage.folder, 'open.env');
  await writeFile(open, "NAME='never closed\n");
  const { told, session } = await takePart(stage, [
    ...inAcmeVideo,
    ['plan', { kind: 'edit' }],
    ['names', choose('envFile')],
    ['env-file', tries(stage.folder)],
    ['env-file', tries(open)],
    ['env-file', type(envFile)],
    ['plan', { kind: 'edit' }],
    ['names', choose('envFile')],
    ['env-file', type('none')],
    ['plan', { kind: 'edit' }],
    ['names', choose('envFile')],
    ['env-file', type(envFile)],
    ['plan', yes],
  ]);
  expect(told.complaints).toEqual([
    expect.stringContaining('variables go into a file'),
    expect.stringContaining("line 1 opens ', and nothing closes it"),
  ]);
  expect(session.nodes['env']).toMatchObject({ state: 'ready', changed: [{ source: 'you typed it' }] });
  expect(await readFile(envFile, 'utf8')).toContain('REMOTION_GCP_PRIVATE_KEY=');
  expect((await stage.check()).result.states).toHaveProperty('env', 'ready');
});

test('a viewer is shown what is missing, and can sign in as somebody else without beginning anew', async () => {
  const stage = await openStage();
  const { told, status, scene } = await takePart(stage, [
    ['sign-in', choose('vera')],
    ['profile', choose('remotion-cloudrun')],
    ['project', choose('acme-video')],
    ['problem:services', choose('sign-in')],
    ['sign-in', choose('ada')],
    ...inAcmeVideo.slice(1),
    ['plan', yes],
  ]);
  expect(told.question('problem:services')).toMatchObject({
    problem: { missing: expect.arrayContaining(['iam.roles.create', 'iam.serviceAccounts.create']) },
  });
  expect({ status, operator: scene.operator }).toEqual({ status: 'ready', operator: 'ada@acme.com' });
});

test('where keys are forbidden, the key can be left out: all else is made, and the ending says what is missing', async () => {
  const stage = await openStage();
  const { told, code, session, leftOut } = await takePart(stage, [
    ...signedIn,
    ['project', choose('acme-live')],
    ['plan', yes],
    ['problem:key', choose('retry')],
    ['plan', yes],
    ['problem:key', choose('skip')],
  ]);
  expect(code).toBe(3);
  expect(told.option('project', 'acme-live').columns).toEqual(['Acme Live', '118204477913']);
  expect(leftOut).toMatchObject([{ title: 'Key', problem: { mover: 'person' } }]);
  // What was made before the problem came up was made in this run all the same.
  expect(session.nodes['grant']).toMatchObject({ state: 'ready', changed: [{ sign: '+', what: 'grant' }] });
});

test('a project can be typed where it is not listed, and its ID is checked', async () => {
  const stage = await openStage();
  const { told, scene } = await takePart(stage, [
    ...signedIn,
    ['project', whenLoaded(choose('type an ID'))],
    ['project-id', tries('No')],
    ['project-id', tries('nobody-has-this')],
    ['project-id', back],
    ['project', choose('type an ID')],
    ['project-id', type('acme-video')],
    ['plan', yes],
  ]);
  expect(told.complaints[1]).toContain('there is no project nobody-has-this, or you may not see it');
  expect(scene.project).toBe('acme-video');
});

test('a project can be created on the way, with billing, and is then made ready like any other', async () => {
  const stage = await openStage();
  const { scene, status } = await takePart(stage, [
    ...signedIn,
    ['project', whenLoaded(choose('create a project'))],
    ['new-project-id', tries('acme-video')],
    ['new-project-id', type('acme-films-2026')],
    ['new-project-parent', choose('folders/418820519377')],
    [
      'new-project-billing',
      (question) => {
        const open = question.kind === 'choice' && question.options.find((option) => !option.unavailable);
        return open ? { kind: 'chosen', id: open.id } : undefined;
      },
    ],
    ['plan', yes],
  ]);
  expect({ status, project: scene.project }).toEqual({ status: 'ready', project: 'acme-films-2026' });
});

test('who comes back is offered what was begun, and goes on without being asked again what for and where', async () => {
  const stage = await openStage();
  await takePart(stage, [...inAcmeVideo, ['plan', yes]]);
  await stage.cloud.patchRole({ includedPermissions: ['run.services.get'] }, 'includedPermissions');
  await stage.forgetRequests();
  const again: Line = [
    'earlier',
    (question) => {
      const first = question.kind === 'choice' ? question.options[0] : undefined;
      return first && { kind: 'chosen', id: first.id };
    },
  ];
  const { status } = await takePart(stage, [again, ['sign-in', choose('ada')], ['plan', yes]]);
  expect(status).toBe('ready');
  expect(await stage.writes()).toEqual(['PATCH /v1/projects/acme-video/roles/RemotionSA']);
});

test("a profile of one's own is found again by its path, and where it has gone that is said", async () => {
  const stage = await openStage();
  const file = join(stage.folder, 'team.yaml');
  const builtIn = await readFile('catalog/profiles/remotion-cloudrun.yaml', 'utf8');
  await writeFile(file, builtIn.replace('name: remotion-cloudrun', 'name: team'));
  const own: readonly Line[] = [
    ['sign-in', choose('ada')],
    ['profile', choose('a profile of your own')],
    ['profile-file', tries('team.txt')],
    ['profile-file', type(file)],
    ['project', choose('acme-video')],
    ['plan', yes],
  ];
  expect((await takePart(stage, own)).status).toBe('ready');

  const again: Line = ['earlier', choose('acme-video/team')];
  const { status, scene } = await takePart(stage, [again, ['sign-in', choose('ada')]]);
  expect([status, scene.profile.name]).toEqual(['ready', 'team']);

  await rm(file);
  const { told } = await takePart(stage, [['earlier', choose('another')], ...inAcmeVideo]);
  expect(told.option('earlier', 'acme-video/team').unavailable).toContain(`${file} is not there any more`);
});
