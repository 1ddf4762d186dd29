import { createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import { generateKeyPairSync, createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withLocalProfile } from '../../src/commands/profile/from-address.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { ProfileError } from '../../src/profile/profile-error.ts';
import { selfSignedCertificate } from '../../src/simulator/certificate.ts';
import { ProblemError } from '../../src/wizard/problem.ts';
import { scratch, small } from '../profile/scratch.ts';
import { intoMemory } from './into-memory.ts';

const answers: Record<string, (response: ServerResponse) => void> = {
  '/team.yaml': (response) => response.end(small),
  '/here.yaml': (response) => response.writeHead(302, { location: '/team.yaml' }).end(),
  '/away.yaml': (response) => response.writeHead(302, { location: 'https://127.0.0.1:1/team.yaml' }).end(),
  '/down.yaml': (response) => response.writeHead(302, { location: 'http://localhost/team.yaml' }).end(),
  '/round.yaml': (response) => response.writeHead(302, { location: '/round.yaml' }).end(),
  '/page.yaml': (response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'),
  '/large.yaml': (response) => response.end('#'.repeat(1_048_577)),
  '/latin.yaml': (response) => response.end(Buffer.from([0x6e, 0xe9])),
  '/wrong.yaml': (response) => response.end('name: A B\n'),
};

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const cert = selfSignedCertificate({
  ...{ subject: 'localhost', publicKey, privateKey },
  ...{ validAfter: Date.now() - 60_000, validBefore: Date.now() + 3_600_000 },
});
const server = createServer(
  { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) },
  (request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer) answer(response);
    else response.writeHead(404).end();
  },
);
const trusted = tls.getCACertificates('default');
let base: string;
beforeAll(async () => {
  tls.setDefaultCACertificates([...trusted, cert]);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  base = `https://localhost:${port}`;
});
afterAll(() => {
  tls.setDefaultCACertificates(trusted);
  server.closeAllConnections();
  server.close();
});

const sha256 = createHash('sha256').update(small).digest('hex');
const never = new AbortController().signal;

async function taken(
  profile: string,
  {
    profileSha256,
    confirm,
  }: { profileSha256?: string; confirm?: (question: string) => Promise<boolean> } = {},
) {
  const files = await scratch();
  const { out, text } = intoMemory();
  const flags = { profile, stateDir: files.folder, ...(profileSha256 !== undefined && { profileSha256 }) };
  try {
    const local = await withLocalProfile(flags, { out, env: {}, confirm }, never);
    return {
      local,
      told: text(),
      copy: await readFile(local.profile, 'utf8'),
      loaded: await loadProfile(local.profile),
    };
  } finally {
    await files[Symbol.asyncDispose]();
  }
}

test('a profile at an address is shown whole, confirmed, and kept as the bytes that were shown', async () => {
  const asked: string[] = [];
  const confirm = (question: string) => {
    asked.push(question);
    return Promise.resolve(true);
  };
  for (const address of ['/team.yaml', '/here.yaml']) {
    const { told, copy, loaded } = await taken(base + address, { confirm });
    for (const line of small.trimEnd().split('\n')) expect(told).toContain(`  | ${line}\n`);
    expect(told).toContain(`--profile-sha256=${sha256}`);
    expect(copy).toBe(small);
    expect(loaded.name).toBe('team-deploy');
  }
  expect(asked).toHaveLength(2);
});

test('where nobody can answer, only the hash of what was looked at confirms it', async () => {
  const { told, loaded } = await taken(`${base}/team.yaml`, { profileSha256: sha256.toUpperCase() });
  expect([told, loaded.name]).toEqual(['', 'team-deploy']);
  const problem = async (options: Parameters<typeof taken>[1], address = '/team.yaml') => {
    const error: unknown = await taken(base + address, options).catch((thrown: unknown) => thrown);
    if (!(error instanceof ProblemError)) throw error;
    return error.problem;
  };
  expect(await problem({})).toMatchObject({
    exit: 'unanswered',
    next: expect.stringContaining(`--profile-sha256=${sha256}`) as string,
  });
  expect(await problem({ profileSha256: 'a'.repeat(64) })).toMatchObject({
    exit: 'usage',
    what: expect.stringMatching(/is not what was looked at/) as string,
  });
  expect(await problem({ profileSha256: 'abc' })).toMatchObject({ exit: 'usage' });
  expect(await problem({ confirm: () => Promise.resolve(false) })).toMatchObject({ exit: 'blocked' });
});

test.each([
  ['/away.yaml', /leads elsewhere, to 127\.0\.0\.1:1/],
  ['/down.yaml', /leads elsewhere/],
  ['/round.yaml', /leads in circles/],
  ['/page.yaml', /is a web page/],
  ['/large.yaml', /is larger than 1 MB/],
  ['/latin.yaml', /is not UTF-8 text/],
  ['/gone.yaml', /answers 404/],
  ['/wrong.yaml', /wrong\.yaml:1:/],
])('an address is refused before anybody is asked: %s', async (address, message) => {
  const confirm = () => Promise.reject(new Error('asked'));
  const error: unknown = await taken(base + address, { confirm }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProfileError);
  expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
});

test('no address without TLS, none with a password, and none but by a command is read', async () => {
  const refused = (run: Promise<unknown>) => expect(run).rejects.toBeInstanceOf(ProfileError);
  await refused(taken('http://localhost/team.yaml'));
  await refused(taken('https://ada:secret@localhost/team.yaml'));
  await expect(taken('https://ada:secret@localhost/team.yaml')).rejects.not.toThrow(/secret/);
  await refused(loadProfile(`${base}/team.yaml`));
  // Nobody is there.
  await refused(taken('https://localhost:1/team.yaml'));
});
