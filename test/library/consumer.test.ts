import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { MISSING, renderer } from '../proof/renderer.ts';

const root = join(import.meta.dirname, '..', '..');

/** A program of somebody else's. What must not compile is marked, so that the compiler fails where it does. */
const consumer = `
import { testPermissions, TestPermissionsError, type PermissionTest, type Profile } from 'iamready';

// What of Node is used, here and in the types: all of its declarations would take longer than the rest.
declare global {
  var process: { argv: string[] };
  var console: { log(...all: unknown[]): void };
  interface AbortSignal { readonly aborted: boolean }
  interface URL { readonly href: string }
}
const [keyFile = '', endpoint = ''] = process.argv.slice(2);
const tests: PermissionTest[] = await testPermissions({ profile: 'remotion-cloudrun', keyFile, endpoint });
const missing = tests.flatMap((test) => (test.granted ? [] : [{ name: test.permission, cause: test.cause }]));
for (const test of tests) {
  // @ts-expect-error -- what is granted has no cause, so it is looked at only where it is not
  void test.cause;
}
// @ts-expect-error -- a slip in an option is seen
const wrong = (): Promise<unknown> => testPermissions({ profil: 'remotion-cloudrun' });
const nameOf = ({ name }: Profile): string => name;
void wrong, nameOf;

let refused = '';
try {
  await testPermissions({ permissions: ['run.services.get'], keyFile: 'gone.json', endpoint, onTest: console.log });
} catch (error) {
  if (!(error instanceof TestPermissionsError)) throw error;
  // @ts-expect-error -- no error has this code
  if (error.code === 'credentials/nonsense') throw error;
  if (error.code === 'credentials/unreadable') refused = \`\${error.place}: \${error.remedy}\`;
}
console.log(JSON.stringify({ missing, refused }));
`;
const Told = z.object({
  missing: z.array(z.object({ name: z.string(), cause: z.string() })),
  refused: z.string(),
});

test('the package as it is published is imported by a TypeScript program, compiles there strictly, and runs', async () => {
  await using at = await renderer();
  const folder = await mkdtemp(join(tmpdir(), 'iamready-consumer-'));
  try {
    const packed = await execa(
      'npm',
      ['pack', '--ignore-scripts', '--json', `--pack-destination=${folder}`],
      { cwd: root },
    );
    const [{ filename }] = z.tuple([z.object({ filename: z.string() })]).parse(JSON.parse(packed.stdout));
    const modules = join(folder, 'node_modules');
    await mkdir(join(modules, 'iamready'), { recursive: true });
    await execa('tar', [
      '-xzf',
      join(folder, filename),
      '-C',
      join(modules, 'iamready'),
      '--strip-components=1',
    ]);
    // The one dependency that its types name.
    await symlink(join(root, 'node_modules', 'zod'), join(modules, 'zod'));
    const file = join(folder, 'consumer.mts');
    await writeFile(file, consumer);

    const options: ts.CompilerOptions = {
      ...{ strict: true, noEmit: true, target: ts.ScriptTarget.ES2024, types: [], lib: ['lib.es2024.d.ts'] },
      ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
      exactOptionalPropertyTypes: true,
      // Errors in our own declarations are to be seen, too.
      skipLibCheck: false,
    };
    const compiled = ts.createProgram([file], options);
    const found = ts
      .getPreEmitDiagnostics(compiled)
      .map(
        ({ file: at, messageText }) =>
          `${at?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      );
    expect(found).toEqual([]);

    const { stdout } = await execa(process.execPath, [file, at.keyFile, at.endpoint], { cwd: folder });
    const told = Told.parse(JSON.parse(stdout));
    expect(told.missing.map(({ name }) => name)).toEqual(MISSING);
    expect(told.refused).toBe('gone.json: name a readable file');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
