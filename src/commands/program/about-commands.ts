import type { Command } from 'commander';
import type { DoctorFlags } from '../doctor.ts';
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

  const doctor = signInOptions(iamready.command('doctor'))
    .description(
      'look at all that a run needs of this machine and its network; may be shown to strangers; exit 3 if you must act',
    )
    .option('--full', 'mask no names in addresses, and no home folder')
    .option('--json', 'print one JSON object a line')
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action((flags: DoctorFlags, command: Command) =>
      start(async (signal) => {
        const { doctor } = await import('../doctor.ts');
        const { env, stdout: out, stderr: err } = process;
        return doctor(chosen(flags, command), { out, err, env, cwd: process.cwd() }, signal);
      }),
    );
  after(
    doctor,
    'iamready doctor',
    'iamready doctor --credentials=./key.json',
    'iamready doctor --full --json',
  );
}
