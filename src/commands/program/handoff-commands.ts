import { Argument, type Command } from 'commander';
import { exportFormats, type ExportFormat } from '../export/format.ts';
import type { RunFlags } from '../run-flags.ts';
import { localProfile } from './account-commands.ts';
import { after, type Start } from './after.ts';
import { chosen, mendOptions, runOptions } from './run-options.ts';

/** The commands with which a set-up is carried away. */
export function addHandoffCommands(iamready: Command, start: Start): void {
  addExport(iamready, start);
}

function addExport(iamready: Command, start: Start): void {
  const exporting = mendOptions(runOptions(iamready.command('export')))
    .description('write down what is to be in the cloud, for another tool; changes nothing, holds no key')
    .addArgument(new Argument('<format>', 'what for').choices(exportFormats))
    .action((format: ExportFormat, flags: RunFlags, command: Command) =>
      start(async (signal) => {
        await import('../schemas-as-data.ts');
        const { exportAs } = await import('../export.ts');
        return exportAs(format, await localProfile(chosen(flags, command), signal), signal);
      }),
    );
  after(exporting, 'iamready export gcloud --profile=remotion-cloudrun --project=my-project > setup.sh');
}
