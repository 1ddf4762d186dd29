import { mkdir } from 'node:fs/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completion, type Shell } from '../../src/commands/completion.ts';
import { program } from '../../src/commands/program.ts';
import { storyNames } from '../../src/commands/demo/story-names.ts';
import { openTerminal, type Terminal } from '../terminal/terminal.ts';
import { openHome, type Home } from './iamready.ts';

const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];
const has = async (name: string): Promise<boolean> =>
  (await execa(name, ['--version'], { reject: false })).exitCode === 0;
const installed = new Map(await Promise.all(shells.map(async (name) => [name, await has(name)] as const)));
for (const [name, isThere] of installed)
  if (!isThere) console.warn(`no ${name}: its completion is not tried (apt install ${name})`);

let home: Home;
beforeAll(async () => {
  home = await openHome();
  const root = await program(() => Promise.resolve());
  for (const shell of shells) await home.write(`iamready.${shell}`, await completion(shell, root));
  await home.write('my plan.json', '{}');
  await home.write('team.yaml', '');
  await mkdir(home.path('teams'));
});
afterAll(() => home[Symbol.asyncDispose]());

/** How a shell begins that has read nothing but the script. */
const beginnings = {
  bash: { args: ['--norc', '--noprofile'], first: '. ./iamready.bash' },
  zsh: { args: ['-f'], first: 'autoload -U compinit; compinit -u -D; . ./iamready.zsh' },
} as const;

/** Types a line and presses Tab in a shell of its own, until the screen shows what is wanted. */
async function typed(
  shell: 'bash' | 'zsh',
  lines: readonly (readonly [string, string | RegExp])[],
): Promise<void> {
  const { args, first } = beginnings[shell];
  const env = { PS1: '$ ', TERM: 'xterm' };
  await using terminal: Terminal = await openTerminal(shell, args, {
    folder: home.folder,
    env,
    columns: 120,
  });
  terminal.type(`${first}; PS1='$ '; echo ready:$?\n`);
  await terminal.until('ready:0');
  for (const [line, wanted] of lines) {
    terminal.type(`${line}\t`);
    await terminal.until(wanted);
    // The line is given up, and what it showed with it.
    terminal.type('\u0015clear\n');
    await terminal.until(() => !terminal.screen().join('\n').includes(line));
  }
}

const pairs: readonly (readonly [string, string | RegExp])[] = [
  ['iamready whoa', 'iamready whoami'],
  ['iamready setup --profile=remotion-c', '--profile=remotion-cloudrun'],
  ['iamready setup --keyless=gi', '--keyless=github'],
  ['iamready demo bloc', 'iamready demo blocked'],
  ['iamready profile ch', 'iamready profile check'],
  ['iamready profile check te', /iamready profile check team/],
  ['iamready apply my', String.raw`apply my\ plan.json`],
  ['iamready doctor --impers', '--impersonate-service-account='],
];

test.skipIf(!installed.get('bash'))('bash completes commands, flags, names and files', () =>
  typed('bash', pairs),
);
test.skipIf(!installed.get('zsh'))('zsh completes commands, flags, names and files', () =>
  typed('zsh', pairs),
);

test.skipIf(!installed.get('fish'))(
  'fish completes commands, flags, names and files, and says what they are',
  async () => {
    const completed = async (line: string): Promise<string[]> => {
      const script = 'source iamready.fish; complete -C $LINE';
      const { stdout } = await execa('fish', ['--no-config', '-c', script], {
        cwd: home.folder,
        env: { LINE: line, HOME: home.folder },
      });
      return stdout.split('\n');
    };
    expect(await completed('iamready whoa')).toEqual([
      expect.stringMatching(/^whoami\ttell which credentials/),
    ]);
    const profiles = await completed('iamready setup --profile=remotion-');
    expect(profiles).toContainEqual(expect.stringMatching(/^--profile=remotion-cloudrun\b/));
    const words = (await completed('iamready demo ')).map((line) => line.split('\t')[0]);
    expect(words).toEqual(expect.arrayContaining([...storyNames]));
    expect(words).not.toContain('team.yaml');
    expect(await completed('iamready profile check te')).toContainEqual(expect.stringMatching(/^team\.yaml/));
    expect(await completed('iamready profile ch')).toEqual([expect.stringMatching(/^check\t/)]);
  },
);

test.skipIf(!installed.get('bash'))('what was typed is never run by pressing Tab', async () => {
  await typed('bash', [['iamready setup --profile=$(touch ran) --credent', '--credentials=']]);
  expect(await home.files()).not.toContain('ran');
});

test('every visible command and flag is in every script', async () => {
  const root = await program(() => Promise.resolve());
  const names = root
    .createHelp()
    .visibleCommands(root)
    .map((each) => each.name());
  expect(names.length).toBeGreaterThan(15);
  for (const shell of shells) {
    const script = await completion(shell, root);
    for (const name of names) expect(script).toContain(name);
    expect(script).not.toMatch(/--env-file/);
  }
});
