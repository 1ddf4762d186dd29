import type { Command } from 'commander';
import type { WhoamiFlags } from '../whoami.ts';
import { after, type Start } from './after.ts';
import { chosen } from './run-options.ts';
import { signInOptions } from './sign-in-options.ts';

/** The commands that find out why something does not work, without changing anything. */
export function addWhyCommands(iamready: Command, start: Start): void {
  const whoami = signInOptions(iamready.command('whoami'))
    .description('tell which credentials are used, from where, whose they are, and what else was found')
    .option('--json', 'print one JSON object a line')
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action((flags: WhoamiFlags, command: Command) =>
      start(async (signal) => {
        const { whoami } = await import('../whoami.ts');
        const { env, stdout } = process;
        return whoami(chosen(flags, command), { out: stdout, env, cwd: process.cwd() }, signal);
      }),
    );
  after(
    whoami,
    'iamready whoami',
    'iamready whoami --impersonate-service-account=EMAIL',
    'iamready whoami --credentials=./key.json --json',
  );
}
