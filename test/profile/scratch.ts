import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import { ProfileError } from '../../src/profile/profile-error.ts';

/** A folder of its own, removed when the test's scope ends. */
export async function scratch() {
  const folder = await mkdtemp(path.join(tmpdir(), 'iamready-profile-'));
  return {
    folder,
    /** Writes a file into the folder and gives its path. */
    async write(content: string | Uint8Array, name = 'team.yaml'): Promise<string> {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What `loadProfile` refuses with. Fails when it does not refuse, or with another kind of error. */
export async function refusal(nameOrPath: string): Promise<ProfileError> {
  const error: unknown = await loadProfile(nameOrPath).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProfileError);
  if (!(error instanceof ProfileError)) throw error;
  expect(error.message.split('\n')).toHaveLength(1);
  for (const said of [error.message, error.found, error.expected]) expect(said).not.toBe('');
  expect(error.remedy).toMatch(/^[A-Z].*\.$/u);
  expect(`${error.message}${error.found}${error.remedy}`).not.toMatch(/\p{Cc}/u);
  return error;
}

/** A valid profile as small as it gets, one field a line so that tests can count lines. */
export const small = `name: team-deploy
title: Team deploy
summary: Deploys what the team builds.
services:
  - name: run.googleapis.com
    why: It runs there.
role:
  id: TeamDeploy
  title: Team deploy
account:
  id: team-deploy
  displayName: Team deploy
permissions:
  - name: run.services.get
    why: To look first.
  - name: run.services.update
    why: To deploy.
`;

/** Lines of that many permissions, all different. */
export const permissions = (count: number, resource = 'r') =>
  Array.from({ length: count }, (_, at) => `  - {name: run.${resource}.a${at}, why: x}\n`).join('');
/** The small profile with other permissions. */
export const withPermissions = (list: string) =>
  small.slice(0, small.indexOf('permissions:')) + `permissions:\n${list}`;
