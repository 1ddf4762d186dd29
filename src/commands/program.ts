import { Command } from 'commander';
import { version } from '../../package.json';
import { after, type Start } from './program/after.ts';

export { CommanderError } from 'commander';

/** Commands that are declared in one file, under one title of the help. */
export interface Group {
  title: string;
  /** All commands of that file: it is loaded for one of these, and for help. */
  commands: readonly string[];
  /** They tell of all the others, and so all are declared for them. */
  ofAll?: true;
  load: () => Promise<(iamready: Command, start: Start) => void>;
}

export const groups: readonly Group[] = [
  {
    title: 'Make an account ready:',
    commands: ['wizard', 'setup', 'check', 'repair', 'undo', 'rotate'],
    load: async () => (await import('./program/run-commands.ts')).addRunCommands,
  },
  {
    title: 'Make an account ready:',
    commands: ['apply'],
    load: async () => (await import('./program/plan-commands.ts')).addPlanCommands,
  },
  {
    title: 'Find out why:',
    commands: ['why'],
    load: async () => (await import('./program/why-commands.ts')).addWhyCommands,
  },
  {
    title: 'Find out why:',
    commands: ['graph'],
    load: async () => (await import('./program/access-commands.ts')).addAccessCommands,
  },
  {
    title: 'Find out why:',
    commands: ['whoami', 'doctor'],
    load: async () => (await import('./program/about-commands.ts')).addWhyCommands,
  },
  {
    title: 'Hand it over:',
    commands: ['export'],
    load: async () => (await import('./program/handoff-commands.ts')).addHandoffCommands,
  },
  {
    title: 'Hand it over:',
    commands: ['report'],
    load: async () => (await import('./program/report-commands.ts')).addReportCommands,
  },
  {
    title: 'Permissions, profiles and the catalog:',
    commands: ['permissions', 'test-permissions', 'profile'],
    load: async () => (await import('./program/account-commands.ts')).addAccountCommands,
  },
  {
    title: 'Permissions, profiles and the catalog:',
    commands: ['explain', 'search', 'suggest', 'catalog'],
    load: async () => (await import('./program/catalog-commands.ts')).addCatalogCommands,
  },
  {
    title: 'The embedded cloud:',
    commands: ['demo', 'simulate'],
    load: async () => (await import('./program/cloud-commands.ts')).addCloudCommands,
  },
  {
    title: 'This program:',
    commands: ['completion', 'man'],
    ofAll: true,
    load: async () => (await import('./program/own-commands.ts')).addOwnCommands,
  },
];

/**
 * The command line: what there is, and what starts it. Each command's code is loaded when it is started.
 * Parsing throws CommanderError for what is wrong, and for help and version after they were printed.
 * @param asked the first argument: where it names a command, only that one and its neighbours are declared, because to
 *   declare all of them takes several milliseconds of every run
 */
export async function program(start: Start, asked?: string): Promise<Command> {
  const iamready = new Command('iamready')
    .description('Makes a Google Cloud service account ready, and proves it.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
    // Descriptions stand beside their flags and are wrapped there, also beside the longest.
    .configureHelp({ minWidthToWrap: 20 });
  after(
    iamready,
    'iamready                                           asks for everything',
    'iamready demo                                      no account needed',
    'iamready setup --profile=remotion-cloudrun --project=my-project',
    'iamready check --profile=remotion-cloudrun --project=my-project',
    'iamready repair --profile=remotion-cloudrun --project=my-project',
    'iamready apply plan.json                           what somebody has planned',
    'iamready undo                                      takes away what it made',
    'iamready rotate --profile=remotion-cloudrun --project=my-project',
    'iamready why --profile=remotion-cloudrun           why something is missing',
    'iamready permissions --profile=remotion-cloudrun   what it asks for',
    'iamready explain run.jobs.run                      what a permission is for',
    'iamready test-permissions --profile=remotion-cloudrun --env=.env',
    'iamready profile new                               a profile of your own',
  );

  const meant = groups.filter(
    ({ commands, ofAll }) => asked !== undefined && ofAll !== true && commands.includes(asked),
  );
  const declared = meant.length === 0 ? groups : meant;
  const adding = await Promise.all(declared.map(({ load }) => load()));
  for (const [index, { title }] of declared.entries()) {
    iamready.commandsGroup(title);
    adding[index]?.(iamready, start);
  }
  return iamready;
}
