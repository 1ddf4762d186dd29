import type { Command } from 'commander';
import type { RunFlags } from '../run-flags.ts';
import { localProfile } from './account-commands.ts';
import { after, type Start } from './after.ts';
import { chosen, runOptions } from './run-options.ts';

/** The commands that find out why something is as it is. */
export function addWhyCommands(iamready: Command, start: Start): void {
  const why = runOptions(iamready.command('why'))
    .description(
      'tell why the account lacks what it lacks, what proves it, and what mends it (exit 5); changes nothing',
    )
    .argument('[permission...]', 'these alone; all of the profile where none is named')
    .option('--json', 'print one JSON object a line')
    .action((names: string[], flags: RunFlags, command: Command) =>
      start(async (signal) => {
        await import('../schemas-as-data.ts');
        const given = await localProfile(chosen(flags, command), signal);
        const { why: tell } = await import('../why.ts');
        return tell(names, given, { out: process.stdout, err: process.stderr, env: process.env }, signal);
      }),
    );
  after(
    why,
    'iamready why --profile=remotion-cloudrun --project=my-project',
    'iamready why run.services.create --profile=remotion-cloudrun --project=my-project',
    'iamready why --profile=./team.yaml --project=my-project --json',
  );
}
