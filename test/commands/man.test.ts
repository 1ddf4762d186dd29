import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { manPage } from '../../src/commands/man.ts';
import { program } from '../../src/commands/program.ts';
import { exitCodes } from '../../src/wizard/exit-codes.ts';

const has = async (name: string, ...args: string[]): Promise<boolean> =>
  (await execa(name, args, { reject: false, input: '' })).exitCode === 0;
const [mandoc, groff] = await Promise.all([has('mandoc'), has('groff', '--version')]);
if (!mandoc) console.warn('no mandoc: the man page is not looked over by it (apt install mandoc)');
if (!groff) console.warn('no groff: the man page is not typeset by it (apt install groff)');

let page: string;
let flags: string[];
beforeAll(async () => {
  const root = await program(() => Promise.resolve());
  page = manPage(root, '1.2.3', new Date(0));
  flags = root.commands.flatMap((command) =>
    command
      .createHelp()
      .visibleOptions(command)
      .map(({ long }) => long ?? ''),
  );
});

test.skipIf(!mandoc)('mandoc finds nothing to say of the man page', async () => {
  const { stdout, exitCode } = await execa('mandoc', ['-Tlint', '-Wall'], { input: page, reject: false });
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});

test.skipIf(!groff)('groff sets the man page without a warning, and every flag is in it', async () => {
  const { stdout, stderr } = await execa('groff', ['-man', '-ww', '-Tascii', '-P-c', '-rLL=200n'], {
    input: page,
  });
  expect(stderr).toBe('');
  // Bold is overstruck.
  // eslint-disable-next-line no-control-regex -- this is what is looked for
  const words = stdout.replaceAll(/.\u0008/gu, '');
  expect(flags.length).toBeGreaterThan(100);
  for (const flag of flags) expect(words).toContain(flag);
  for (const { code, means } of Object.values(exitCodes))
    expect(words.replaceAll(/\s+/gu, ' ')).toContain(`${code} ${means}`);
  expect(words).toMatch(/IAMREADY\(1\)[^]*iamready 1\.2\.3/);
});

test('a line of the man page that begins as a request would is text', async () => {
  const { Command } = await import('commander');
  const root = new Command('iamready').description("'quoted");
  root.command('dots').description(`${'word '.repeat(14)}wordings .TH is no request, and \\fB is no font`);
  const odd = manPage(root, '1', new Date(0));
  expect(odd).not.toMatch(/^\.TH is/mu);
  expect(odd).toContain('\\&.TH is no request');
  expect(odd).toContain('\\efB is no');
});
