import { Argument, type Command } from 'commander';
import type { ExportFlags } from '../export.ts';
import { exportFormats, type ExportFormat } from '../export/format.ts';
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
    .addArgument(new Argument('<format>', 'for which tool').choices(exportFormats))
    .option('--out <file>', 'write it into a file; stdout, if absent')
    .option('--force', 'replace a file that iamready export has not written')
    .action((format: ExportFormat, { out, force, ...flags }: ExportFlags, command: Command) =>
      start(async (signal) => {
        await import('../schemas-as-data.ts');
        const { exportAs } = await import('../export.ts');
        const given = await localProfile(chosen(flags, command), signal);
        return exportAs(
          format,
          { ...given, ...(out !== undefined && { out }), ...(force && { force }) },
          signal,
        );
      }),
    );
  after(
    exporting,
    'iamready export gcloud --profile=remotion-cloudrun --project=my-project',
    'iamready export terraform --profile=./team.yaml --out=account.tf',
    'iamready export github-actions --keyless=github --repository=acme/video',
  );
}
