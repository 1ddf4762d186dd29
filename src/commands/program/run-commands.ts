import { Option, type Command } from 'commander';
import type { RunFlags } from '../run-flags.ts';
import { localProfile } from './account-commands.ts';
import { after, type Start } from './after.ts';
import { chosen, mendOptions, handOverOptions, runOptions, writeOptions } from './run-options.ts';

const plain = 'ask one question after another, in lines; for screen readers and simple terminals';

const deleteKey = [
  '--delete-key <id>',
  'delete this key of the account first: it has ten, and can have no more',
] as const;

/** The commands that take an account through its steps. */
export function addRunCommands(iamready: Command, start: Start): void {
  const wizard = mendOptions(runOptions(iamready.command('wizard')))
    .description('ask for everything, step by step (what iamready does without a command)')
    .option('--plain', plain)
    .option(...deleteKey)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) =>
        (await import('../wizard.ts')).wizard(await localProfile(chosen(flags, command), signal), signal),
      ),
    );
  after(wizard, 'iamready --plain', 'iamready --profile=remotion-cloudrun --project=my-project');

  const setup = handOverOptions(mendOptions(writeOptions(iamready.command('setup'))))
    .description(
      'make the service account ready: services, role, account, grant, key; then check it as itself',
    )
    .option(...deleteKey)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) => {
        await import('../schemas-as-data.ts');
        return (await import('../setup.ts')).setup(
          await localProfile(chosen(flags, command), signal),
          signal,
        );
      }),
    );
  after(
    setup,
    'iamready setup --profile=remotion-cloudrun --project=my-project',
    'iamready setup --profile=./team.yaml --project=my-project --dry-run',
    'iamready setup --profile=remotion-cloudrun --project=my-project --yes --json',
    'iamready setup --profile=./team.yaml --project=my-project --plan-out=plan.json',
  );

  const check = mendOptions(runOptions(iamready.command('check')))
    .description('tell whether it is still ready, and what differs (exit 2); changes nothing')
    .option('--json', 'print events, one JSON object a line')
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) => {
        await import('../schemas-as-data.ts');
        return (await import('../check.ts')).check(
          await localProfile(chosen(flags, command), signal),
          signal,
        );
      }),
    );
  after(check, 'iamready check --profile=remotion-cloudrun --project=my-project');

  const repair = handOverOptions(mendOptions(writeOptions(iamready.command('repair'))))
    .description('show what differs and what that breaks, then mend it; writes nothing where nothing differs')
    .option('--plain', 'ask one question after another, in lines')
    .option(...deleteKey)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) =>
        (await import('../repair.ts')).repair(await localProfile(chosen(flags, command), signal), signal),
      ),
    );
  after(
    repair,
    'iamready repair',
    'iamready repair --profile=remotion-cloudrun --project=my-project --yes',
    'iamready repair --profile=remotion-cloudrun --project=my-project --yes --remove-extra',
  );

  const undo = writeOptions(iamready.command('undo'))
    .description('take away what iamready made there, and nothing that others made or changed since')
    .option('--services', 'turn off the services that it turned on, too')
    .option('--plain', plain)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) =>
        (await import('../undo.ts')).undo(await localProfile(chosen(flags, command), signal), signal),
      ),
    );
  after(
    undo,
    'iamready undo                                      asks for which project',
    'iamready undo --profile=remotion-cloudrun --project=my-project --dry-run',
    'iamready undo --profile=remotion-cloudrun --project=my-project --yes',
  );

  const rotate = writeOptions(iamready.command('rotate'))
    .description('put a new key in the place of the one in its file; the old one is disabled, then deleted')
    .addOption(
      new Option(
        '--grace <time>',
        'how long the old key is kept, disabled: 24h, 7d, or 0 to delete it at once (default: 24h)',
      ),
    )
    .option(...deleteKey)
    .option('--plain', plain)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) =>
        (await import('../rotate.ts')).rotate(await localProfile(chosen(flags, command), signal), signal),
      ),
    );
  after(
    rotate,
    'iamready rotate                                    asks for which project',
    'iamready rotate --profile=remotion-cloudrun --project=my-project --yes',
    'iamready rotate --profile=remotion-cloudrun --project=my-project --grace=7d',
    'iamready rotate --profile=remotion-cloudrun --project=my-project --grace=0',
  );
}
