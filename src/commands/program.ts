import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../../package.json';
import { exitCodes, type ExitName } from '../wizard/exit-codes.ts';
import { addAccountCommands, localProfile, notOurs } from './account-program.ts';
import { addCatalogCommands } from './catalog-program.ts';
import type { DemoFlags } from './demo.ts';
import { storyNames, type StoryName } from './demo/story-names.ts';
import { keylessWays, type RunFlags } from './run-flags.ts';
import { signInOptions } from './sign-in-options.ts';
import type { SimulateFlags } from './simulate.ts';

export { CommanderError } from 'commander';

const plain = 'ask one question after another, in lines; for screen readers and simple terminals';

const deleteKey = [
  '--delete-key <id>',
  'delete this key of the account first: it has ten, and can have no more',
] as const;

/** Runs a command's work and takes its ending. */
export type Start = (work: (signal: AbortSignal) => Promise<ExitName>) => Promise<void>;

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

  const wizard = mendOptions(runOptions(iamready.command('wizard')))
    .description('ask for everything, step by step (what iamready does without a command)')
    .option('--plain', plain)
    .option(...deleteKey)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) =>
        (await import('./wizard.ts')).wizard(await localProfile(chosen(flags, command), signal), signal),
      ),
    );
  after(wizard, 'iamready --plain', 'iamready --profile=remotion-cloudrun --project=my-project');

  const setup = mendOptions(writeOptions(iamready.command('setup')))
    .description(
      'make the service account ready: services, role, account, grant, key; then check it as itself',
    )
    .option(...deleteKey)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) => {
        await import('./schemas-as-data.ts');
        return (await import('./setup.ts')).setup(await localProfile(chosen(flags, command), signal), signal);
      }),
    );
  after(
    setup,
    'iamready setup --profile=remotion-cloudrun --project=my-project',
    'iamready setup --profile=./team.yaml --project=my-project --dry-run',
    'iamready setup --profile=remotion-cloudrun --project=my-project --yes --json',
  );

  const check = mendOptions(runOptions(iamready.command('check')))
    .description('tell whether it is still ready, and what differs (exit 2); changes nothing')
    .option('--json', 'print events, one JSON object a line')
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) => {
        await import('./schemas-as-data.ts');
        return (await import('./check.ts')).check(await localProfile(chosen(flags, command), signal), signal);
      }),
    );
  after(check, 'iamready check --profile=remotion-cloudrun --project=my-project');

  const repair = mendOptions(writeOptions(iamready.command('repair')))
    .description('show what differs and what that breaks, then mend it; writes nothing where nothing differs')
    .option('--plain', 'ask one question after another, in lines')
    .option(...deleteKey)
    .action((flags: RunFlags, command: Command) =>
      start(async (signal) =>
        (await import('./repair.ts')).repair(await localProfile(chosen(flags, command), signal), signal),
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
        (await import('./undo.ts')).undo(await localProfile(chosen(flags, command), signal), signal),
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
        (await import('./rotate.ts')).rotate(await localProfile(chosen(flags, command), signal), signal),
      ),
    );
  after(
    rotate,
    'iamready rotate                                    asks for which project',
    'iamready rotate --profile=remotion-cloudrun --project=my-project --yes',
    'iamready rotate --profile=remotion-cloudrun --project=my-project --grace=7d',
    'iamready rotate --profile=remotion-cloudrun --project=my-project --grace=0',
  );

  const demo = iamready
    .command('demo')
    .description('the wizard on an embedded cloud: no account, no network, nothing stays')
    .addArgument(
      new Argument('[story]', 'first: from nothing; repair: what drifted; blocked: what may stand in the way')
        .choices(storyNames)
        .default('first'),
    )
    .option('--auto', 'play by itself; any key takes over')
    .option('--speed <n>', 'how much faster it plays by itself', number(0.1, 100), 1)
    .option('--plain', 'ask one question after another, in lines')
    .option('--json', 'print events, one JSON object a line')
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action((story: StoryName, flags: DemoFlags) =>
      start(async (signal) => (await import('./demo.ts')).demo(story, flags, signal)),
    );
  after(demo, 'iamready demo', 'iamready demo blocked', 'iamready demo repair --auto --speed=2');

  const permissions = iamready
    .command('permissions')
    .description('print every permission that a profile asks for, and why')
    .option('--profile <name>', 'a built-in profile, or a path to a YAML file')
    .option('--json', 'print one JSON object a line')
    .addOption(new Option('--yaml', 'print them as YAML').conflicts(['json', 'roleFile']))
    .addOption(
      new Option('--role-file', 'print the role as gcloud iam roles create --file takes it').conflicts(
        'json',
      ),
    )
    .option('--debug', 'on a failure, print where it came from')
    .action((flags: { profile?: string; json?: boolean; yaml?: boolean; roleFile?: boolean }) =>
      start(async (signal) => {
        const { permissions } = await import('./permissions.ts');
        const { json = false, yaml, roleFile } = flags;
        // Whoever asks only to see it need not confirm it.
        const { profile } = await localProfile(flags, signal, () => Promise.resolve(true));
        const form = roleFile ? 'role-file' : yaml ? 'yaml' : json ? 'json' : 'text';
        await permissions({ profile, form, out: process.stdout, columns: process.stdout.columns });
        return 'done';
      }),
    );
  after(
    permissions,
    'iamready permissions --profile=remotion-cloudrun',
    'iamready permissions --profile=./team.yaml --json',
    'iamready permissions --profile=./team.yaml --role-file > role.yaml',
  );

  addAccountCommands(iamready, start, after);
  addCatalogCommands(iamready, start, after);

  const simulate = iamready
    .command('simulate')
    .description('run the embedded Google Cloud on this machine, until it is interrupted')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--world <world>', 'the world to begin with: default, repair, blocked, or a YAML file')
    .option('--latency <ms>', 'time that every answer takes', wholeNumber(0, 60_000), 0)
    .addOption(
      new Option('--lag <how>', 'how far replicas lag behind')
        .choices(['none', 'typical', 'rough'])
        .default('none'),
    )
    .option('--clock-speed <n>', 'how much faster its clock runs', number(0.001, 1_000_000), 1)
    .option('--seed <n>', 'seed of everything random in it', wholeNumber(0, 2 ** 31), 1)
    .addOption(new Option('--quota <how>', 'whether quotas hold').choices(['on', 'off']).default('on'))
    .option('--print-env', 'print the exports that point gcloud at it, instead of the JSON line')
    .option('--json', 'tell failures as JSON, too')
    .option('--debug', 'on a failure, print where it came from')
    .action((flags: SimulateFlags) =>
      start(async (signal) => (await import('./simulate.ts')).simulate(flags, signal)),
    );
  after(
    simulate,
    'iamready simulate --port=8080',
    'iamready simulate --world=./world.yaml --lag=typical --clock-speed=60',
    'iamready simulate --print-env > cloud.env &   then: . ./cloud.env',
  );
  return iamready;
}

function runOptions(command: Command): Command {
  const named = command
    .option(
      '--profile <name>',
      'what to get ready for: a built-in profile, a YAML file, or its https:// address',
    )
    .option('--profile-sha256 <hash>', 'of a profile at an address: the text that you have looked at')
    .addOption(new Option('--project <id>', 'the project').env('IAMREADY_PROJECT'));
  return signInOptions(named)
    .option('--key-file <file>', 'where the key goes, and is found')
    .addOption(new Option('--keyless <how>', 'do without a key; none goes back to one').choices(keylessWays))
    .option(
      '--impersonator <member>',
      'who may act as the account, such as user:you@example.com; you, if absent',
    )
    .option('--env <file>', 'an env file that gets the key, too, such as ./.env; none: not any more')
    .addOption(new Option('--env-file <file>').hideHelp().argParser(notOurs))
    .addOption(
      new Option(
        '--env-format <format>',
        'for whom the env file is: dotenv, shells and Node, or Docker',
      ).choices(['dotenv', 'docker']),
    )
    .option('--repository <owner/name>', 'the GitHub repository whose workflows may act as the account')
    .option('--pool <id>', 'another workload identity pool than iamready-github')
    .option('--provider <id>', 'another provider in that pool than the one named after the repository')
    .option('--subject-token-file <file>', "a workflow's own token, to prove its sign-in with")
    .option('--run-service <region/name>', 'the Cloud Run service that runs as the account')
    .option('--role-id <id>', "another ID than the profile's for the role")
    .option('--role-title <text>', "another title than the profile's for the role")
    .option('--account-id <id>', "another ID than the profile's for the account")
    .option('--account-name <text>', "another display name than the profile's for the account")
    .option(
      '--without <permissions>',
      'permissions that the role does without, separated by commas; none: all again',
    )
    .option('--state-dir <dir>', 'where the journal is kept')
    .option('--break-lock', 'go on although another run seems to be at work on this project')
    .option('--debug', 'print every call and, on a failure, where it came from');
}

/** What commands take that change something: who says yes, and how they tell it. */
function writeOptions(command: Command): Command {
  return runOptions(command)
    .option('--yes', 'do everything that the plan shows, without asking')
    .option('--dry-run', 'show the plan and change nothing (exit 2 if anything would change)')
    .option('--json', 'print events, one JSON object a line');
}

/** What commands take that hold a set-up against its profile. */
function mendOptions(command: Command): Command {
  return command
    .option(
      '--remove-extra',
      'hold the role to the profile: what others added to it differs, and is taken away',
    )
    .addOption(
      new Option(
        '--tighten [account]',
        'act as this account only, in place of every one of the project; none: every one again (default: compute, the default account of Compute Engine)',
      ).preset('compute'),
    )
    .option(
      '--member <members>',
      'people who get what the profile grants to people, with commas: user:you@example.com, group:…, domain:…; none: nobody any more',
    );
}

/** The flags, where what was typed overrules who the environment says we are. */
function chosen({ env, ...given }: RunFlags & { env?: string }, command: Command): RunFlags {
  const flags = env === undefined ? given : { ...given, envFile: env };
  const typed = flags.credentials !== undefined || flags.account !== undefined;
  if (!typed || command.getOptionValueSource('accessTokenFile') !== 'env') return flags;
  return { ...flags, accessTokenFile: undefined };
}

/** Ends a command's help with examples and what its exit code means. */
function after(command: Command, ...examples: string[]): void {
  const codes = Object.values(exitCodes).map(({ code, means }) => `${String(code).padEnd(4)}${means}`);
  const block = (title: string, lines: readonly string[]): string =>
    `\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  command.addHelpText('after', block('Examples', examples) + '\n' + block('Exit codes', codes));
}

function number(from: number, to: number, kind = 'number'): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= from && value <= to))
      throw new InvalidArgumentError(`It takes a ${kind} from ${from} to ${to}.`);
    return value;
  };
}

function wholeNumber(from: number, to: number): (text: string) => number {
  const parse = number(from, to, 'whole number');
  return (text) => {
    const value = parse(text);
    if (!Number.isInteger(value))
      throw new InvalidArgumentError(`It takes a whole number from ${from} to ${to}.`);
    return value;
  };
}
