import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { people } from '../simulator/kernel-cloud.ts';
import { standBetween } from './between.ts';
import { isWrite, openStage, type Stage } from './stage.ts';
import { worldWhere } from './worlds.ts';

/** The program as a person has it; `npm test` builds it before. */
const bin = join(import.meta.dirname, '../../bin/iamready.js');

/** Starts `setup --yes` as a process of its own, on what the stage's runs use. */
function startProgram({ folder, project, keyFile }: Stage, endpoint: string) {
  const flags = [
    '--profile=remotion-cloudrun',
    `--project=${project}`,
    `--endpoint=${endpoint}`,
    `--access-token-file=${join(folder, 'access-token')}`,
    `--key-file=${keyFile}`,
    `--state-dir=${join(folder, 'state')}`,
  ];
  return execa(process.execPath, [bin, 'setup', '--yes', '--json', ...flags], {
    env: { PATH: process.env['PATH'], HOME: folder },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
}

test.each(['before', 'after'])(
  'a process that is killed just %s Google made its key hinders no later run, and one key is left in the end',
  async (moment) => {
    const stage = await openStage();
    const killer = new AbortController();
    const endpoint = await standBetween(stage.endpoint, async ({ method, path, pass }) => {
      if (killer.signal.aborted || method !== 'POST' || !path.endsWith('/keys')) return pass();
      if (moment === 'after') await pass();
      killer.abort();
      return undefined;
    });
    const victim = startProgram(stage, endpoint);
    killer.signal.addEventListener('abort', () => victim.kill('SIGKILL'));
    expect((await victim).signal).toBe('SIGKILL');
    expect(await stage.cloud.keys()).toHaveLength(moment === 'after' ? 1 : 0);

    expect(await stage.setup({ endpoint })).toMatchObject({ exit: 0 });
    expect(await stage.cloud.keys()).toEqual([(await stage.heldKey()).id]);
    expect((await stage.check({ endpoint })).exit).toBe(0);
  },
);

test('while one process is at work on a project another is turned away, and writes nothing', async () => {
  // By somebody else, so that what each of the two sends can be told apart.
  const world = await worldWhere(({ policy }) => ({
    policy: policy && {
      ...policy,
      bindings: [...policy.bindings, { role: 'roles/owner', members: ['user:olivia@acme.com'] }],
    },
  }));
  const stage = await openStage({ world });
  const accessTokenFile = await stage.tokenOf(people.olivia);
  let second: Awaited<ReturnType<Stage['setup']>> | undefined;
  const endpoint: string = await standBetween(stage.endpoint, async ({ method, path, pass }) => {
    if (method === 'POST' && path.endsWith('/keys') && second === undefined)
      second = await stage.setup({ endpoint, accessTokenFile });
    return pass();
  });
  expect((await startProgram(stage, endpoint)).exitCode).toBe(0);
  expect(second).toMatchObject({ exit: 3, result: { status: 'blocked' } });
  expect(second?.result.problem?.what).toContain('another run is at work');
  const theirs = (await stage.requests()).filter(({ principal }) => principal.includes('olivia@acme.com'));
  expect(theirs).not.toEqual([]);
  expect(theirs.filter(isWrite)).toEqual([]);
  expect(await stage.cloud.keys()).toEqual([(await stage.heldKey()).id]);
});
