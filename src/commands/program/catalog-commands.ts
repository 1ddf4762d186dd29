import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RefreshFlags } from '../catalog-refresh.ts';
import { after, type Start } from './after.ts';
import { signInOptions } from './sign-in-options.ts';
import type { Output } from '../written.ts';

const json = ['--json', 'print one JSON object a line'] as const;
const debug = ['--debug', 'on a failure, print where it came from'] as const;

/** The commands that ask the catalog and look after it. */
export function addCatalogCommands(iamready: Command, start: Start): void {
  const explain = iamready
    .command('explain')
    .argument('<name...>', 'a permission, a role, a method, a service, or any word')
    .description('tell what a permission, role or method is for, who has it, and what is the least to grant')
    .option(...json)
    .option(...debug)
    .action((words: string[], flags: { json?: boolean }) =>
      start(async () => {
        await (await import('../explain.ts')).explain({ word: words.join(' '), ...outputFor(flags) });
        return 'done';
      }),
    );
  after(
    explain,
    'iamready explain run.jobs.run',
    'iamready explain roles/run.invoker',
    'iamready explain deployments.insert',
    'iamready explain least level',
  );

  const search = iamready
    .command('search')
    .argument('<words...>', 'parts of names or descriptions, all of which must be there')
    .description('find permissions, roles, methods and notes')
    .option('--limit <n>', 'how many to show at most', count, 20)
    .option(...json)
    .option(...debug)
    .action((words: string[], flags: { json?: boolean; limit: number }) =>
      start(async () => {
        const { search: find } = await import('../search.ts');
        await find({ words: words.join(' '), most: flags.limit, ...outputFor(flags) });
        return 'done';
      }),
    );
  after(search, 'iamready search cancel execution', 'iamready search roles/run --limit=50');

  const suggest = iamready
    .command('suggest')
    .description("find the smallest of Google's roles for permissions or methods, and what it gives too much")
    .option('--permissions <names>', 'permissions, with commas between')
    .option('--methods <names>', 'methods of an API, with commas between')
    .option(...json)
    .option(...debug)
    .action((flags: { permissions?: string; methods?: string; json?: boolean }) =>
      start(async () => {
        const { permissions, methods } = flags;
        await (await import('../suggest.ts')).suggest({ permissions, methods, ...outputFor(flags) });
        return 'done';
      }),
    );
  after(
    suggest,
    'iamready suggest --permissions=run.jobs.run,run.executions.cancel',
    'iamready suggest --methods=deployments.insert,deployments.get',
  );

  const catalog = iamready.command('catalog').description('check the catalog, and refresh what is live');
  const lint = catalog
    .command('lint')
    .description('check the catalog and its profiles, and find where its sources contradict each other')
    .option('--all', 'show what is known and explained, too')
    .option(...json)
    .option(...debug)
    .action((flags: { all?: boolean; json?: boolean }) =>
      start(async () => {
        const { catalogLint } = await import('../catalog-lint.ts');
        return catalogLint({ all: flags.all === true, ...outputFor(flags) });
      }),
    );
  after(lint, 'iamready catalog lint', 'iamready catalog lint --all');

  const from = catalog
    .command('refresh')
    .description("keep Google's roles as they are today for explain, search and suggest")
    .option('--from <file>', 'take them from a file in the form that roles.list answers (view=FULL)')
    .addOption(
      new Option('--project <id>', 'ask what its custom roles may hold, too').env('IAMREADY_PROJECT'),
    );
  const refresh = signInOptions(from)
    .option(...json)
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action((flags: RefreshFlags & { json?: boolean }) =>
      start(async (signal) => {
        await (await import('../catalog-refresh.ts')).catalogRefresh(flags, outputFor(flags), signal);
        return 'done';
      }),
    );
  after(
    refresh,
    'iamready catalog refresh',
    'iamready catalog refresh --project=my-project',
    'iamready catalog refresh --from=roles.json',
  );
}

function outputFor(flags: { json?: boolean }): Output {
  return { json: flags.json === true, out: process.stdout, columns: process.stdout.columns };
}

function count(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 1000)
    throw new InvalidArgumentError('It takes a whole number from 1 to 1000.');
  return value;
}
