import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { loadProfile } from '../../src/profile/load.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { cloudAt, fixedTokens } from '../google/clouds.ts';
import { keyPairs } from '../simulator/key-pairs.ts';

export const PROJECT = 'acme-site';
/** What the role of the renderer leaves out. */
export const MISSING = ['run.services.update', 'storage.objects.delete'];

const Key = z.object({ private_key: z.string(), client_email: z.string(), project_id: z.string() });

/** A cloud with an account that has a key and most of what `remotion-cloudrun` asks for, and a folder for files. */
export async function renderer() {
  const simulator = await startSimulator({ keyPairs: keyPairs() });
  const folder = await mkdtemp(join(tmpdir(), 'iamready-proof-'));
  const owner = cloudAt(simulator.endpoint, { credentials: fixedTokens(simulator.token) });
  const { permissions } = await loadProfile('remotion-cloudrun');
  const held = permissions.map(({ name }) => name).filter((name) => !MISSING.includes(name));
  const role = `projects/${PROJECT}/roles/renderer`;
  await owner.roles.create(`projects/${PROJECT}`, 'renderer', {
    ...{ title: 'Renderer', stage: 'GA', includedPermissions: held },
  });
  const { email } = await owner.accounts.create(PROJECT, { accountId: 'renderer', displayName: 'Renderer' });
  const member = `serviceAccount:${email}`;
  const grant = async (given: string, condition?: { title: string; expression: string }, to = member) => {
    const policy = await owner.projects.getPolicy(PROJECT);
    const binding = { role: given, members: [to], ...(condition && { condition }) };
    await owner.projects.setPolicy(PROJECT, { ...policy, bindings: [...policy.bindings, binding] });
  };
  await grant(role);
  const { file } = await owner.keys.create(PROJECT, email);
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  return {
    endpoint: simulator.endpoint,
    token: simulator.token,
    owner,
    email,
    role,
    grant,
    key: Key.parse(JSON.parse(file.text())),
    keyFile: await write('key.json', file.text()),
    folder,
    write,
    async [Symbol.asyncDispose]() {
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Renderer = Awaited<ReturnType<typeof renderer>>;
