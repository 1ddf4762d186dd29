import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { WorldFile } from '../../src/simulator/server.ts';

/** What logins for programs hold: Ada's, Liam's, and one that the cloud does not take any more. */
export const refreshTokens = {
  ada: '1//SECRET-refresh',
  liam: '1//SECRET-of-liam',
  ended: '1//SECRET-ended',
};

/** The same world, in which Ada and Liam have logged in for programs. */
export function withLogins(world: WorldFile): WorldFile {
  const logins = new Map([
    ['ada@acme.com', refreshTokens.ada],
    ['liam@acme.com', refreshTokens.liam],
  ]);
  const users = world.users.map((user) => ({ ...user, refreshToken: logins.get(user.email) }));
  return { ...world, users };
}

/** What `gcloud auth application-default login` leaves. @param endpoint the cloud it was made at; absent: Google */
export const loginAt = (endpoint?: string, refresh_token = refreshTokens.ada) => ({
  ...{ type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token },
  ...(endpoint !== undefined && { token_uri: `${endpoint}/token` }),
});

/** Somebody is logged in for programs on this machine, or nobody is. */
export async function logIn(folder: string, login?: object): Promise<void> {
  vi.stubEnv('CLOUDSDK_CONFIG', join(folder, 'gcloud'));
  await mkdir(join(folder, 'gcloud'), { recursive: true });
  if (login === undefined) return;
  const file = join(folder, 'gcloud', 'application_default_credentials.json');
  await writeFile(file, JSON.stringify(login));
}
