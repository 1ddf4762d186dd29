import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod';
import { readJournal } from '../../src/wizard/journal.ts';
import type { OpenCloud } from '../commands/cloud.ts';
import { bin, openHome } from '../commands/iamready.ts';
import { leaksIn } from '../faults/leaks.ts';
import { isRaw, openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

const PrivateKey = z.object({ private_key: z.string() });

/** Who sits at a desk: by the token that lies in a file there. */
interface Person {
  token?: string;
  /** What `gcloud` is on their machine: lines of shell. One that knows no account, where this is not given. */
  gcloud?: string;
}

interface WizardOptions extends TerminalOptions {
  /** More than the endpoint. */
  args?: readonly string[];
  /** In place of the real one. */
  program?: string;
}

/**
 * A person's machine, on which nothing is known but where a file with an access token lies, and the endpoint of a cloud: that
 * of all flags is the only one that is given.
 */
export async function openDesk(cloud: Pick<OpenCloud, 'endpoint' | 'token'>, person: Person = {}) {
  const home = await openHome();
  const { token = cloud.token, gcloud = 'echo []' } = person;
  const tokenFile = await home.write('access-token', token);
  const programs = home.path('bin');
  await mkdir(programs);
  await chmod(await home.write('bin/gcloud', `#!/bin/sh\n${gcloud}\n`), 0o755);
  const env = { IAMREADY_ACCESS_TOKEN_FILE: tokenFile, PATH: `${programs}:/usr/bin:/bin` };

  const flags = (project: string): string[] => [
    '--profile=remotion-cloudrun',
    `--project=${project}`,
    `--endpoint=${cloud.endpoint}`,
  ];

  async function filesBelow(folder: string): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  }
  return {
    home,
    keyFiles: () => filesBelow(home.path('.config/iamready/keys')),
    /** Starts the wizard in a terminal. */
    open: ({ args = [], program = bin, ...options }: WizardOptions = {}) =>
      openTerminal(process.execPath, [program, `--endpoint=${cloud.endpoint}`, ...args], {
        folder: home.folder,
        ...options,
        env: { ...env, ...options.env },
      }),
    /** `iamready check` for what the wizard makes here. */
    check: (project: string) => home.run(['check', ...flags(project)], env),
    /** `iamready setup` that makes the same as the wizard does here. */
    setup: (project: string) => home.run(['setup', '--yes', ...flags(project)], env),
    /** Neither the operator's token nor any part of a key that was made has ever been sent to this terminal. */
    async expectNoSecret(terminal: Terminal): Promise<void> {
      const keys = await Promise.all((await this.keyFiles()).map((file) => readFile(file, 'utf8')));
      const lines = keys.flatMap((text) => PrivateKey.parse(JSON.parse(text)).private_key.split('\n'));
      const whole = lines.filter((line) => line.length > 40);
      expect(whole.length).toBeGreaterThan(20);
      const secrets = new Map([[token, 'the token'], ...whole.map((line) => [line, 'a key'] as const)]);
      const written = terminal.raw().toString('latin1');
      expect(leaksIn(onTerminal(written), secrets)).toEqual([]);
      // As a screen would draw it that is too narrow for it.
      for (const [secret, what] of secrets) {
        const planted = `${written}${secret.slice(0, 20)}\u001b[K\r\n\u001b[2m  ${secret.slice(20)}`;
        expect(leaksIn(onTerminal(planted), secrets)).toContain(`${what} in its lines, joined`);
      }
    },
    /** Whatever the program keeps here can be read by its next run, and nothing is locked. */
    async expectStateIntact(): Promise<void> {
      const files = await filesBelow(home.path('.local/state/iamready'));
      expect(files.filter((file) => !file.endsWith('.json'))).toEqual([]);
      for (const file of files) await readJournal(file);
    },
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** What was sent to a terminal, as it was, and without what only moves and colours. */
function onTerminal(written: string): ReadonlyMap<string, string> {
  // eslint-disable-next-line no-control-regex -- these are exactly what is taken out
  const lines = written.replaceAll(/\u001b\[[\d;?]*[A-Za-z]|\s/g, '');
  return new Map([
    ['what was sent', written],
    ['its lines, joined', lines],
  ]);
}

/** The program ended in this way, and the terminal is as if it had never been started but for what it printed. */
export async function expectRestored(terminal: Terminal, code: number): Promise<void> {
  const { code: ended, signal, stty } = await terminal.ended();
  expect({ ended, signal }, printedOn(terminal)).toEqual({ ended: code, signal: null });
  expect({
    raw: isRaw(stty),
    alternate: terminal.alternate(),
    cursor: terminal.cursorVisible(),
    paste: terminal.bracketedPaste(),
    mouse: terminal.mouse(),
  }).toEqual({ raw: false, alternate: false, cursor: true, paste: false, mouse: false });
  expect(stty).toMatch(/\sisig icanon iexten echo\s/);
}

/** What stands on the main screen and above it. */
export function printedOn(terminal: Terminal): string {
  return [...terminal.scrollback(), ...terminal.screen()].join('\n').trim();
}
