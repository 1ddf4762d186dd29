import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../package.json';
import { problemLines } from './faces/text/problem.ts';
import { glyphsFor } from './faces/glyphs.ts';
import type { RunFlags } from './commands/run-flags.ts';
import type { SimulateFlags } from './commands/simulate.ts';
import { exitCodes, type ExitName } from './wizard/exit-codes.ts';
import type { Problem } from './wizard/problem.ts';

/** The one place that ends the process: it sets the code and lets Node drain what is still being written. */
async function main(argv: string[]): Promise<void> {
  let ending: ExitName = 'done';
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stop.abort(new Error(signal)));
  // A reader that goes away (| head) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes[ending].code);
    throw error;
  });
  try {
    await program((work) => work(stop.signal).then((name) => void (ending = name))).parseAsync(argv);
  } catch (error) {
    ending = await failed(error, argv, stop.signal);
  }
  process.exitCode = exitCodes[ending].code;
}

type Start = (work: (signal: AbortSignal) => Promise<ExitName>) => Promise<void>;

function program(start: Start): Command {
  const iamready = new Command('iamready')
    .description('Makes a Google Cloud service account ready, and proves it.')
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showHelpAfterError(false)
    .addHelpText(
      'after',
      `
Examples:
  iamready demo                                       see it all on an embedded cloud; needs no account
  iamready setup --profile=remotion-cloudrun --project=my-project
  iamready check --profile=remotion-cloudrun --project=my-project
  iamready permissions --profile=remotion-cloudrun    what it asks for, and why`,
    )
    .addHelpText('after', exitHelp);
  iamready.action(() => iamready.outputHelp());

  runOptions(iamready.command('setup'))
    .description(
      'make the service account ready: services, role, account, grant, key; then check it as itself',
    )
    .option('--yes', 'do everything that the plan shows, without asking')
    .option('--dry-run', 'show the plan and change nothing (exit 2 if anything would change)')
    .action((flags: RunFlags) =>
      start(async (signal) => (await import('./commands/setup.ts')).setup(flags, signal)),
    );
  runOptions(iamready.command('check'))
    .description('tell whether it is still ready, and what differs (exit 2); changes nothing')
    .action((flags: RunFlags) =>
      start(async (signal) => (await import('./commands/check.ts')).check(flags, signal)),
    );
  iamready
    .command('demo')
    .description('set up a service account on an embedded cloud, from nothing to validated')
    .option('--json', 'print events, one JSON object a line')
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action((flags: { json?: boolean; debug?: boolean }) =>
      start(async (signal) => (await import('./commands/demo.ts')).demo(flags, signal)),
    );
  iamready
    .command('permissions')
    .description('print every permission that a profile asks for, and why')
    .requiredOption('--profile <name>', 'a built-in profile, or a path to a YAML file')
    .option('--json', 'print one JSON object a line')
    .action((flags: { profile: string; json?: boolean }) =>
      start(async () => {
        const { permissions } = await import('./commands/permissions.ts');
        const { profile, json = false } = flags;
        await permissions({ profile, json, out: process.stdout, columns: process.stdout.columns });
        return 'done';
      }),
    );
  iamready
    .command('simulate')
    .description('run the embedded Google Cloud on this machine')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--world <file>', 'the world to begin with, as YAML')
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
    .action((flags: SimulateFlags) =>
      start(async (signal) => (await import('./commands/simulate.ts')).simulate(flags, signal)),
    );
  return iamready;
}

function runOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'what to get ready for: a built-in profile, or a path to a YAML file')
    .addOption(new Option('--project <id>', 'the project').env('IAMREADY_PROJECT'))
    .addOption(
      new Option('--endpoint <url>', 'one base URL for every Google API, such as a simulator').env(
        'IAMREADY_ENDPOINT',
      ),
    )
    .option('--credentials <file>', 'sign in with a credentials file')
    .addOption(
      new Option('--access-token-file <file>', 'sign in with the access token in a file').env(
        'IAMREADY_ACCESS_TOKEN_FILE',
      ),
    )
    .option('--account <email>', "sign in as one of gcloud's accounts")
    .option('--impersonate-service-account <email>', 'act as this service account, on top of the above')
    .option('--key-file <file>', 'where the key goes, and is found')
    .option('--role-id <id>', "another ID than the profile's for the role")
    .option('--account-id <id>', "another ID than the profile's for the account")
    .option('--state-dir <dir>', 'where the journal is kept')
    .option('--json', 'print events, one JSON object a line')
    .option('--debug', 'print every call and, on a failure, where it came from');
}

async function failed(error: unknown, argv: string[], signal: AbortSignal): Promise<ExitName> {
  if (error instanceof CommanderError && error.exitCode === 0) return 'done';
  const problem = await problemFor(error, signal);
  if (argv.includes('--json')) {
    const { jsonFace } = await import('./faces/json/json-face.ts');
    jsonFace(process.stdout).problem(problem);
  } else {
    const marks = {
      glyphs: glyphsFor(process.env),
      arrow: '',
      width: process.stderr.isTTY ? process.stderr.columns : 80,
    };
    process.stderr.write(`\n${problemLines(problem, undefined, marks).join('\n')}\n`);
  }
  if (argv.includes('--debug')) process.stderr.write(`\n${stackOf(error)}\n`);
  return problem.exit;
}

/** Where an error came from, and what caused it. Errors of Google's calls carry no request, so this is safe to show. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

async function problemFor(error: unknown, signal: AbortSignal): Promise<Problem> {
  if (error instanceof CommanderError)
    return {
      mover: 'person',
      what: error.message.replace(/^error: /, '').replaceAll('\n', ' '),
      next: 'iamready --help, or iamready COMMAND --help, shows what there is',
      exit: 'usage',
    };
  const { problemOf } = await import('./commands/problem-of.ts');
  return problemOf(error, signal);
}

function exitHelp(): string {
  const rows = Object.values(exitCodes).map(({ code, means }) => `  ${String(code).padEnd(4)}${means}`);
  return `\nExit codes:\n${rows.join('\n')}`;
}

function number(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= from && value <= to))
      throw new InvalidArgumentError(`It takes a number from ${from} to ${to}.`);
    return value;
  };
}

function wholeNumber(from: number, to: number): (text: string) => number {
  const parse = number(from, to);
  return (text) => {
    const value = parse(text);
    if (!Number.isInteger(value))
      throw new InvalidArgumentError(`It takes a whole number from ${from} to ${to}.`);
    return value;
  };
}

await main(process.argv);
