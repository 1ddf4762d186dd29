import { Option, type Command } from 'commander';
import type { GraphFlags } from '../graph.ts';
import { localProfile } from './account-commands.ts';
import { after, type Start } from './after.ts';
import { chosen, runOptions } from './run-options.ts';

/** The commands that show who can use an account, and what it may do. */
export function addAccessCommands(iamready: Command, start: Start): void {
  const graph = runOptions(iamready.command('graph'))
    .description('show who can use the account, and what it may do, by which line, and why; changes nothing')
    .option('--all', 'show every permission and agent, and fold nothing')
    .option('--regions <names>', 'regions of Cloud Run to look into, too, with commas between them')
    .addOption(new Option('--mermaid', 'print a flowchart of Mermaid').conflicts('json'))
    .option('--json', 'print the graph as one JSON object')
    .action((flags: GraphFlags, command: Command) =>
      start(async (signal) => {
        const { graph: show } = await import('../graph.ts');
        const given = { ...flags, ...(await localProfile(chosen(flags, command), signal)) };
        return show(given, { out: process.stdout, env: process.env }, signal);
      }),
    );
  after(
    graph,
    'iamready graph --profile=remotion-cloudrun --project=my-project',
    'iamready graph --profile=remotion-cloudrun --project=my-project --all',
    'iamready graph --profile=./team.yaml --project=my-project --mermaid > access.mmd',
    'iamready graph --profile=./team.yaml --project=my-project --json',
  );
}
