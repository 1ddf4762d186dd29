import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { gcloud } from './gclouds.ts';

/** Stands for gcloud in the PATH: asks for one that is forked, on descriptor 3, and ends as that has ended. */
const shim = `#!/bin/sh
asked=$(mktemp -d "\${0%/*}/XXXXXX")
for each; do printf '%s\\0' "$each"; done >"$asked/args"
mkfifo "$asked/ended"
echo "$asked" >&3
read -r code <"$asked/ended"
cat "$asked/stdout"
cat "$asked/stderr" >&2
exit "$code"
`;

/**
 * Pipes a script into a shell, where `gcloud` is the real one, loaded once and forked for each command; gives what the script
 * said, its exit code, and the arguments of each command.
 */
export async function runScript(script: string, env: NodeJS.ProcessEnv, shell = 'sh') {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-script-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'gcloud'), shim);
  await chmod(join(folder, 'gcloud'), 0o755);
  const path = `${folder}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(shell, [], {
    env: { PATH: path, ...env },
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const commands: string[][] = [];
  const answer = async (asked: string): Promise<void> => {
    const args = (await readFile(join(asked, 'args'), 'utf8')).split('\0').slice(0, -1);
    commands.push(args);
    const { exitCode, stdout, stderr } = await gcloud(args, env);
    const lines = (text: string) => (text === '' ? '' : `${text}\n`);
    await writeFile(join(asked, 'stdout'), lines(stdout));
    await writeFile(join(asked, 'stderr'), lines(stderr));
    await writeFile(join(asked, 'ended'), `${exitCode}\n`);
  };
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve(code ?? -1));
    createInterface(child.stdio[3] as Readable).on('line', (asked) => void answer(asked).catch(reject));
  });
  child.stdin.end(script);
  return { exitCode: await ended, commands, ...said };
}
