import { build, type Metafile } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { answer, startServer } from './server.ts';

const ENTRY = `
import { openCloud } from './src/google/cloud.ts';
const credentials = { kind: 'access-token', principal: 'x', token: () => Promise.resolve({ value: 'tok' }) };
const cloud = openCloud({ endpoint: process.argv[2], credentials });
console.log(JSON.stringify([await cloud.projects.get('p'), await cloud.denyPolicies.attachedTo('projects/p')]));
`;

/** What is loaded before the first line runs: the entry and all that it imports statically. */
function loadedAtOnce(outputs: Metafile['outputs'], entry: string): string[] {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path: next, kind, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && !external) visit(next);
  };
  visit(entry);
  return [...seen].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}

test('bundled as it is published, it calls Google, and loads each of Google’s libraries only then', async () => {
  const outdir = await mkdtemp(path.join(os.tmpdir(), 'iamready-bundle-'));
  onTestFinished(() => rm(outdir, { recursive: true }));
  const { metafile } = await build({
    stdin: {
      contents: ENTRY,
      resolveDir: new URL('../..', import.meta.url).pathname,
      sourcefile: 'entry.ts',
    },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    outdir,
    outExtension: { '.js': '.mjs' },
    metafile: true,
    banner: {
      js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;",
    },
  });
  const entry = Object.keys(metafile.outputs).find((file) => file.endsWith('stdin.mjs')) ?? '';
  const early = loadedAtOnce(metafile.outputs, entry);
  expect(early).toContain('src/google/cloud.ts');
  expect(early.filter((file) => /google-auth-library|gaxios|googleapis|execa|node-fetch/.test(file))).toEqual(
    [],
  );

  // Not even with the other clients: it is as large as all of them.
  const clients = Object.keys(metafile.outputs).find((file) => file.includes('google-libraries-')) ?? '';
  const policies = Object.keys(metafile.outputs).find((file) => file.includes('iam-policies-library-')) ?? '';
  const withClients = loadedAtOnce(metafile.outputs, clients);
  const gax = (files: string[]) =>
    files.filter((file) => /google-gax|@google-cloud|protobufjs|grpc/.test(file));
  expect(withClients.some((file) => file.includes('googleapis'))).toBe(true);
  expect(gax(withClients)).toEqual([]);
  expect(gax(loadedAtOnce(metafile.outputs, policies)).length).toBeGreaterThan(0);

  const project = { name: 'projects/12', projectId: 'p', state: 'ACTIVE' };
  const server = await startServer((_, response) => answer(response, 200, project));
  const { stdout } = await execa(process.execPath, [path.join(outdir, 'stdin.mjs'), server.url]);
  expect(JSON.parse(stdout)).toMatchObject([{ projectId: 'p', number: '12' }, []]);
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer tok', 'Bearer tok']);
});
