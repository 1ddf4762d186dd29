import { Argument, type Command } from 'commander';
import { version } from '../../../package.json';
import type { Shell } from '../completion.ts';
import { after, type Start } from './after.ts';

/** The commands about this program itself. They read every other command, and so all are declared for them. */
export function addOwnCommands(iamready: Command, start: Start): void {
  const completion = iamready
    .command('completion')
    .addArgument(new Argument('<shell>', 'for which shell').choices(['bash', 'zsh', 'fish']))
    .description('print the script that completes commands, flags and names in a shell')
    .option('--debug', 'on a failure, print where it came from')
    .action((shell: Shell) =>
      start(async () => {
        const [{ completion }, { written }] = await Promise.all([
          import('../completion.ts'),
          import('../written.ts'),
        ]);
        await written(process.stdout, await completion(shell, iamready));
        return 'done';
      }),
    );
  after(
    completion,
    'iamready completion bash > ~/.local/share/bash-completion/completions/iamready',
    'iamready completion zsh > ~/.zfunc/_iamready   with ~/.zfunc in $fpath',
    'iamready completion fish > ~/.config/fish/completions/iamready.fish',
  );

  const man = iamready
    .command('man')
    .description('print the man page; npm installs it, too')
    .option('--debug', 'on a failure, print where it came from')
    .action(() =>
      start(async () => {
        const [{ manPage }, { written }] = await Promise.all([import('../man.ts'), import('../written.ts')]);
        // Whoever builds it again wants the same (reproducible-builds.org, SOURCE_DATE_EPOCH: in seconds).
        const epoch = /^\d{1,12}$/u.exec(process.env['SOURCE_DATE_EPOCH'] ?? '')?.[0];
        const date = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
        await written(process.stdout, manPage(iamready, version, date));
        return 'done';
      }),
    );
  after(man, 'iamready man | man -l -', 'man iamready');
}
