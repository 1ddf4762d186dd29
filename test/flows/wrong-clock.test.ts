import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openStage, type Stage } from './stage.ts';

afterEach(() => vi.unstubAllEnvs());

const said = 'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes)';

/** Signs in with an account of gcloud's, which is refused a token, as it is where what it signs is of another time. */
async function refused({ folder, setup }: Stage) {
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'bin', 'gcloud'), `#!/bin/sh\necho "${said}" >&2\nexit 1\n`);
  await chmod(join(folder, 'bin', 'gcloud'), 0o755);
  vi.stubEnv('PATH', join(folder, 'bin'));
  return setup({ accessTokenFile: undefined, account: 'robot@acme-video.iam.gserviceaccount.com' });
}

test('where credentials give no token and the clock of this machine is wrong, the clock is named, and how wrong it is', async () => {
  const stage = await openStage({ clockSpeed: 1 });
  await stage.advance(2 * 86_400 + 60);
  const { exit, result } = await refused(stage);
  expect({ exit, problem: result.problem }).toMatchObject({
    exit: 3,
    problem: {
      mover: 'person',
      what: "the credentials give no token, and the clock of this machine is 2 days behind Google's",
      why: expect.stringContaining(said) as string,
      next: 'set the clock, then run this again',
    },
  });
  // It was asked for the time, and for nothing else.
  expect((await stage.requests()).map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /token']);
});

test('where the clock is right, signing in again is the next step', async () => {
  const { exit, result } = await refused(await openStage({ clockSpeed: 1 }));
  expect(exit).toBe(3);
  expect(result.problem).toMatchObject({
    what: expect.stringContaining(said) as string,
    next: 'sign in again: gcloud auth login',
  });
});
