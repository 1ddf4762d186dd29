import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { exportAs } from '../../src/commands/export.ts';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { teamProfile, teamWorld } from '../flows/team.ts';
import { intoMemory } from '../commands/into-memory.ts';
import { people } from '../simulator/kernel-cloud.ts';
import { stageWithColleague } from './colleague.ts';
import { gcloudTest } from './gcloud.ts';
import { runScript } from './script-with-gcloud.ts';

/** Each runs gcloud some twenty-five times, on machines that are busy. */
const patienceMs = 180_000;

/** A stage where keys are at the usual place, and a colleague who runs what `export gcloud` writes. */
async function stageWithScripts(options: Parameters<typeof stageWithColleague>[0] = {}) {
  onTestFinished(() => void vi.unstubAllEnvs());
  const stage = await stageWithColleague(options);
  const { endpoint, project, folder } = stage;
  const config = join(folder, 'config');
  vi.stubEnv('XDG_CONFIG_HOME', config);
  return {
    ...stage,
    keyOf: (account: string) =>
      join(config, 'iamready', 'keys', new URL(endpoint).host.replace(':', '_'), project, `${account}.json`),
    script: async (flags: RunFlags = {}): Promise<string> => {
      const { out, text } = intoMemory();
      const about = { profile: 'remotion-cloudrun', project, endpoint, stateDir: join(folder, 'state') };
      await exportAs('gcloud', { ...about, ...flags }, new AbortController().signal, {
        out,
        err: intoMemory().out,
      });
      return text();
    },
    run: (text: string, env: NodeJS.ProcessEnv = {}) =>
      runScript(text, { ...stage.env, XDG_CONFIG_HOME: config, ...env }),
    // Where nobody names a place for the key.
    check: (flags: RunFlags = {}) => stage.check({ keyFile: undefined, ...flags }),
  };
}

gcloudTest(
  'the exported script ends in a world that check finds in sync, and run again changes nothing',
  async () => {
    const { script, run, check, keyOf, forgetRequests, writes, cloud } = await stageWithScripts();
    const text = await script();
    const first = await run(text);
    expect(first, first.stderr).toMatchObject({ exitCode: 0, stdout: '' });
    expect(first.stderr).not.toContain('PRIVATE KEY');
    expect(await check()).toMatchObject({ exit: 0 });
    expect((await stat(keyOf('remotion-sa'))).mode & 0o777).toBe(0o600);

    // What somebody has added stays, unless one asks for more.
    const { includedPermissions } = await cloud.role();
    await cloud.patchRole(
      { includedPermissions: [...includedPermissions, 'run.jobs.run'] },
      'includedPermissions',
    );
    await forgetRequests();
    const second = await run(text);
    expect(second, second.stderr).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await writes()).toEqual([]);

    await cloud.patchRole(
      { includedPermissions: ['run.routes.invoke', 'run.jobs.run'] },
      'includedPermissions',
    );
    await cloud.deleteRole();
    await cloud.disableAccount();
    const tight = { removeExtra: true, tighten: 'compute' };
    const third = await run(await script(tight));
    expect(third, third.stderr).toMatchObject({ exitCode: 0 });
    expect(await check(tight)).toMatchObject({ exit: 0 });
    expect((await cloud.role()).includedPermissions).toHaveLength(14);
  },
  patienceMs,
);

gcloudTest(
  'it grants on everything that a profile names, under its conditions, and lets in workflows in place of a key',
  async () => {
    const { script, run, check, folder, tokenOf } = await stageWithScripts({
      world: await teamWorld(),
    });
    const profile = join(folder, 'team.yaml');
    await writeFile(profile, teamProfile);
    const accessTokenFile = await tokenOf(people.olivia);
    const flags = { profile, keyless: 'github', repository: 'acme/video' } as const;
    const env = { CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: accessTokenFile };
    const first = await run(await script(flags), env);
    expect(first, first.stderr).toMatchObject({ exitCode: 0 });
    const found = await check({ ...flags, accessTokenFile });
    expect(found.result.changes ?? []).toEqual([]);
    expect(found.exit).toBe(0);
  },
  patienceMs,
);
