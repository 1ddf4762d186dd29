import type { Command } from 'commander';
import type { ReportFlags } from '../report.ts';
import { localProfile } from './account-commands.ts';
import { after, type Start } from './after.ts';
import { chosen, mendOptions, runOptions } from './run-options.ts';

/** The command that tells people who review access what there is to know. */
export function addReportCommands(iamready: Command, start: Start): void {
  const report = mendOptions(runOptions(iamready.command('report')))
    .description(
      'write one page for those who review access: who, what, why, what differs, risks and remedies',
    )
    .option('--html <file>', 'write it as a page that opens from a file, without network or script')
    .option('--markdown [file]', 'write it as Markdown; without a file, print it')
    .option('--regions <names>', 'regions of Cloud Run to look into, too, with commas between them')
    .action((flags: ReportFlags, command: Command) =>
      start(async (signal) => {
        const { report: write } = await import('../report.ts');
        const given = { ...flags, ...(await localProfile(chosen(flags, command), signal)) };
        return write(given, { out: process.stdout, err: process.stderr }, signal);
      }),
    );
  after(
    report,
    'iamready report --profile=remotion-cloudrun --project=my-project --html=report.html',
    'iamready report --profile=./team.yaml --project=my-project --markdown > report.md',
  );
}
