import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogData } from '../../src/commands/catalog-data.ts';
import { askForDraft } from '../../src/commands/profile/ask-draft.ts';
import { knownNames } from '../../src/commands/profile/known.ts';
import { newProfile, type NewFlags } from '../../src/commands/profile/new.ts';
import { profileText } from '../../src/commands/profile/draft.ts';
import { checkProfile } from '../../src/profile/check-profile.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { ProblemError } from '../../src/wizard/problem.ts';
import { scratch } from '../profile/scratch.ts';
import { PROJECT, renderer, type Renderer } from '../proof/renderer.ts';
import { intoMemory } from './into-memory.ts';
import { person } from './wizard/person.ts';

const never = new AbortController().signal;

async function made(flags: NewFlags) {
  await using files = await scratch();
  const file = join(files.folder, 'new.yaml');
  const { out, text } = intoMemory(40);
  await newProfile(file, { yes: true, name: 'team-new', ...flags }, never, out);
  const again: unknown = await newProfile(file, { yes: true, name: 'other', ...flags }, never, out).catch(
    (error: unknown) => error,
  );
  const content = await readFile(file, 'utf8');
  return {
    profile: await loadProfile(file),
    content,
    told: text(),
    again,
    files: await readdir(files.folder),
  };
}

async function problem(flags: NewFlags) {
  const error: unknown = await made(flags).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw error;
  return error.problem;
}

test('a profile from names is one that profile check accepts, with what the catalog says as reasons; nothing is overwritten', async () => {
  const { profile, content, told, again, files } = await made({
    permissions: 'run.jobs.run,run.executions.cancel',
  });
  expect(profile).toMatchObject({
    name: 'team-new',
    title: 'Team new',
    role: { id: 'TeamNew' },
    account: { id: 'team-new' },
    services: [{ name: 'run.googleapis.com' }, { name: 'iam.googleapis.com' }, {}],
    env: { privateKey: 'TEAM_NEW_PRIVATE_KEY' },
  });
  expect(profile.permissions.map(({ name }) => name)).toEqual(['run.jobs.run', 'run.executions.cancel']);
  for (const { why } of profile.permissions) expect(why).not.toMatch(/Say what/);
  expect(checkProfile(content, 'new.yaml', await knownNames({}))).toMatchObject({ ok: true, unsure: [] });
  expect(told.replaceAll(/\s+/g, ' ')).toMatch(
    /Wrote .*new\.yaml: 2 permissions.* Next iamready profile check/,
  );
  expect(again).toBeInstanceOf(ProblemError);
  expect(files).toEqual(['new.yaml']);
});

test('it begins with what a role holds, or with what methods need, without asking any cloud', async () => {
  const role = await made({ fromRole: 'roles/run.invoker' });
  expect(role.profile.permissions.map(({ name }) => name)).toContain('run.routes.invoke');
  const methods = await made({ fromMethods: 'deployments.insert,deployments.list' });
  expect(methods.profile.permissions.map(({ name }) => name)).toEqual([
    'deploymentmanager.deployments.create',
    'deploymentmanager.deployments.list',
  ]);
});

let at: Renderer;
beforeAll(async () => {
  at = await renderer();
});
afterAll(() => at[Symbol.asyncDispose]());

test('it begins with what an account has, and with a custom role, as Google tells it', async () => {
  const cloud = {
    endpoint: at.endpoint,
    accessTokenFile: await at.write('token', at.token),
    project: PROJECT,
  };
  await at.grant('roles/run.invoker', { title: 'x', expression: 'true' });
  const account = await made({ ...cloud, fromAccount: at.email });
  expect(account.profile.permissions.map(({ name }) => name)).toContain('run.jobs.run');
  expect(account.told.replaceAll(/\s+/g, ' ')).toContain('roles/run.invoker is granted under a condition');
  const role = await made({ ...cloud, fromRole: at.role });
  expect(role.profile.permissions).toHaveLength(13);
  expect(await problem({ ...cloud, fromAccount: `nobody@${PROJECT}.iam.gserviceaccount.com` })).toMatchObject(
    { exit: 'usage' },
  );
});

test('what is wrong or missing is named with the flag that gives it, and no file is left', async () => {
  expect(await problem({ permissions: 'run' })).toMatchObject({ exit: 'usage' });
  expect(await problem({ fromRole: 'run.viewer' })).toMatchObject({
    exit: 'usage',
    next: expect.stringContaining('--from-role=roles/run.viewer') as string,
  });
  expect(await problem({ fromMethods: 'deployments.insrt' })).toMatchObject({
    exit: 'usage',
    next: expect.stringContaining('deployments.insert') as string,
  });
  expect(await problem({})).toMatchObject({
    exit: 'unanswered',
    next: expect.stringContaining('--permissions=') as string,
  });
  expect(await problem({ yes: false, permissions: 'run.jobs.run' })).toMatchObject({ exit: 'unanswered' });
  expect(await problem({ name: 'Team New', permissions: 'run.jobs.run' })).toMatchObject({
    exit: 'usage',
    what: expect.stringMatching(/^name is "Team New"/) as string,
  });
});

test('asked for, it takes names, permissions found among all of them, and reasons; what was chosen can be left out again', async () => {
  const catalog = await catalogData();
  const who = person([
    ['profile-name', { kind: 'tries', text: 'Team Reports' }],
    ['profile-name', { kind: 'typed', text: 'team-reports' }],
    ['profile-title', { kind: 'typed', text: 'Team reports' }],
    ['profile-summary', { kind: 'typed', text: 'Writes the nightly report.' }],
    ['permissions', { kind: 'chosen', id: 'storage.objects.create' }],
    ['permissions-reason', { kind: 'typed', text: 'Write the report.' }],
    ['permissions', { kind: 'chosen', id: 'run.jobs.run' }],
    ['permissions-reason', { kind: 'typed', text: 'No use.' }],
    ['permissions', { kind: 'chosen', id: 'run.jobs.run' }],
    ['permissions', { kind: 'chosen', id: 'done' }],
    ['services', { kind: 'chosen', id: 'done' }],
  ]);
  const draft = await askForDraft(who.talk, { permissions: [] }, catalog, []);
  expect(draft).toMatchObject({
    permissions: [{ name: 'storage.objects.create', why: 'Write the report.' }],
    services: [{ name: 'storage.googleapis.com' }, { name: 'iam.googleapis.com' }, {}],
  });
  expect(who.rest()).toEqual([]);
  expect(who.complaints).toEqual([expect.stringMatching(/lower-case letters/)]);
  expect(who.choice('permissions').options.length).toBeGreaterThan(1800);
  expect(checkProfile(profileText(draft), 'x.yaml', await knownNames({}))).toMatchObject({ ok: true });
});
