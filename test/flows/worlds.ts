import { generateKeyPairSync } from 'node:crypto';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';

type Project = WorldFile['projects'][number];

/** The world that ships with the package, with its untouched project changed. */
export async function worldWhere(change: (project: Project) => Partial<Project>): Promise<WorldFile> {
  const world = await readWorldFile(defaultWorldFile());
  const projects = world.projects.map((project) =>
    project.id === world.project ? { ...project, ...change(project) } : project,
  );
  return { ...world, projects };
}

const DAY = 24 * 3600_000;

/** The ID of key number so-and-so of the ten. */
const keyId = (at: number): string => `${at}${'abcdef0123'.charAt(at)}`.repeat(20);

/** Ten keys of the account, the oldest first, and what is special about some of them. */
export const tenKeys = Array.from({ length: 10 }, (_, at) => ({ id: keyId(at), days: 1000 - at * 100 }));

/** A world where the account has the oldest of these keys, ten being all that it may have. */
export async function worldOfKeys(count = 10): Promise<WorldFile> {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const now = Date.now();
  const keys = tenKeys.slice(0, count).map(({ id, days }, at) => ({
    id,
    publicKey: pem,
    origin: at === 1 ? ('USER_PROVIDED' as const) : ('GOOGLE_PROVIDED' as const),
    created: now - days * DAY - 3600_000,
    ...(at === 1 && { expires: now - 30 * DAY }),
    ...(at === 3 && { lastAuthenticated: now - 5 * DAY }),
    disabled: at === 2,
  }));
  const account = { id: 'remotion-sa', disabled: false, created: now - 1100 * DAY, keys };
  return worldWhere((project) => ({
    serviceAccounts: [account],
    services: [...project.services, 'iam.googleapis.com', 'policyanalyzer.googleapis.com'],
  }));
}
