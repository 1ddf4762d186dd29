import { Command } from 'commander';
import { version } from '../../package.json';
import { addAccountCommands } from './program/account-commands.ts';
import { after, type Start } from './program/after.ts';
import { addCatalogCommands } from './program/catalog-commands.ts';
import { addCloudCommands } from './program/cloud-commands.ts';
import { addRunCommands } from './program/run-commands.ts';

export { CommanderError } from 'commander';

/**
 * The command line: what there is, and what starts it. Each command's code is loaded when it is started.
 * Parsing throws CommanderError for what is wrong, and for help and version after they were printed.
 */
export function program(start: Start): Command {
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
    'iamready undo                                      takes away what it made',
    'iamready rotate --profile=remotion-cloudrun --project=my-project',
    'iamready permissions --profile=remotion-cloudrun   what it asks for',
    'iamready explain run.jobs.run                      what a permission is for',
    'iamready test-permissions --profile=remotion-cloudrun --env=.env',
    'iamready profile new                               a profile of your own',
  );

  iamready.commandsGroup('Make an account ready:');
  addRunCommands(iamready, start);
  iamready.commandsGroup('Permissions, profiles and the catalog:');
  addAccountCommands(iamready, start);
  addCatalogCommands(iamready, start);
  iamready.commandsGroup('The embedded cloud:');
  addCloudCommands(iamready, start);
  return iamready;
}
