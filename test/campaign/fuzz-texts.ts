import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEnvFile } from '../../src/handoff/env-file.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { ProfileError } from '../../src/profile/profile-error.ts';
import { SimulatorError, readWorldFile } from '../../src/simulator/server.ts';
import { mutated, type Mutation } from './mutations.ts';
import { demand, demandSame, type Ending } from './trial.ts';

const catalog = join(import.meta.dirname, '../../catalog');

/** Writes a text, spoiled, to a file of this name; `use` is given the file, which goes then. */
async function withSpoiled(
  name: string,
  text: Buffer,
  mutation: Mutation,
  use: (file: string) => Promise<Ending>,
): Promise<Ending> {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-fuzz-'));
  try {
    const file = join(folder, name);
    await writeFile(file, mutated(text, mutation));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a person is told names the place, is one line with nothing in it that a terminal obeys, and says what to do. */
function demandClear(message: string, remedy: string, place: string, file: string): void {
  demand(place.includes(file), () => `it does not say where: ${message}, ${place}`);
  demand(!/[\p{Cc}\p{Bidi_Control}]/u.test(message), () => `not fit for print: ${JSON.stringify(message)}`);
  demand(message !== '' && remedy !== '', () => `it does not say what to do: ${message}`);
  demand(message.length < 1000, () => `it says too much: ${message.slice(0, 200)} …`);
}

/** A profile is loaded, or refused. */
export async function profileTrial(mutation: Mutation): Promise<Ending> {
  const text = await readFile(join(catalog, 'profiles', 'remotion-cloudrun.yaml'));
  return withSpoiled('profile.yaml', text, mutation, async (file) => {
    try {
      await loadProfile(file);
      return 'ready at once';
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      demandClear(error.message, error.remedy, error.file ?? '', file);
      return 'ready on the next run';
    }
  });
}

/** A world is read, or refused. */
export async function worldTrial(mutation: Mutation): Promise<Ending> {
  const text = await readFile(join(catalog, 'worlds', 'default.yaml'));
  return withSpoiled('world.yaml', text, mutation, async (file) => {
    try {
      await readWorldFile(file);
      return 'ready at once';
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      demandClear(error.message, error.remedy, error.place, file);
      return 'ready on the next run';
    }
  });
}

const env = `# Ours
PORT=3000
export NAME='two words' # both
REMOTION_GCP_PRIVATE_KEY="-----BEGIN PRIVATE KEY-----\\nold\\n-----END PRIVATE KEY-----\\n"
REMOTION_GCP_PROJECT_ID=old-project

LONG="first
second"
`;
const values = {
  REMOTION_GCP_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\nbmV3\n-----END PRIVATE KEY-----\n',
  REMOTION_GCP_PROJECT_ID: 'acme-video',
};

/** Variables are put into an env file, and stay when they are put there again; or it is refused and stays as it is. */
export function envTrial(mutation: Mutation): Promise<Ending> {
  return withSpoiled('.env', Buffer.from(env), mutation, async (file) => {
    const found = await readFile(file);
    const put = await writeEnvFile(file, values);
    if (put.kind === 'refused') {
      demandClear(put.trouble.what, put.trouble.next, put.trouble.what, file);
      demand(found.equals(await readFile(file)), () => 'it was refused, and written');
      return 'ready on the next run';
    }
    const again = await writeEnvFile(file, values);
    demandSame(again.kind === 'done' && again.changed, false, 'whether it was written again');
    return 'ready at once';
  });
}
