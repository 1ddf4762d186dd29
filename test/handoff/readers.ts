import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'dotenv';

/** The two real readers that need no process of their own: what they find, by name. */
export const read = {
  dotenv: (text: string) => named(parse(text)),
  node: (text: string) => named(parseEnv(text)),
};

function named(found: Record<string, string | undefined>): Map<string, string | undefined> {
  return new Map(Object.entries(found).filter(([name]) => name !== ''));
}

const mark = { shown: '[[shown]]', next: '[[next]]', end: '[[end]]' };

/**
 * Sources each text in a shell, all in one process, and gives the variables that are then set; undefined for a text at which
 * the shell gave up. Nothing can be started from it but what is built into the shell.
 */
export async function sourced(
  shell: 'bash' | 'sh',
  texts: readonly string[],
  names: readonly string[],
): Promise<(Map<string, string> | undefined)[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'iamready-env-'));
  try {
    await Promise.all(texts.map((text, at) => writeFile(path.join(folder, `${at}.env`), text)));
    // These tell what is printed here from what a text prints or a value holds.
    const set = names.map((name) => `"\${${name}+${name}=}\${${name}-}"`).join(' ');
    // Without a trap bash takes the last command of a file of one line for the last of the subshell, and ends with it.
    const each = `( trap : EXIT; . ./$i.env; printf '${mark.shown}'; printf '%s${mark.next}' ${set} ); printf '${mark.end}'`;
    const script = `i=0; while [ $i -lt ${texts.length} ]; do ${each}; i=$((i+1)); done`;
    const output = await outputOf(`/bin/${shell}`, ['-c', script], folder);
    return output.split(mark.end).slice(0, texts.length).map(variablesIn);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function variablesIn(output: string): Map<string, string> | undefined {
  const shown = output.split(mark.shown)[1];
  const set = shown?.split(mark.next).filter((each) => each.includes('='));
  return (
    set && new Map(set.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]))
  );
}

/** What a program writes to its standard output. It gets no variables of ours, and finds no other programs. */
export function outputOf(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { PATH: '/nonexistent' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
