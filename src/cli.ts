import type { Command } from 'commander';
import { version } from '../package.json';
import { keepCompiledCode } from './commands/compiled-code.ts';
import { loadScreenEarly } from './commands/early-screen.ts';
import { exitCodes, type ExitName } from './wizard/exit-codes.ts';
import type { Problem } from './wizard/problem.ts';

/** The one place that ends the process: it sets the code and lets Node drain what is still being written. */
async function main(argv: string[]): Promise<void> {
  let ending: ExitName | undefined;
  const stop = new AbortController();
  // The listeners stay: libraries that clean up on a signal would else take it that nobody listens, and end the process
  // in the middle of what is being written. A second signal does end it, unless it is the first one's echo: npm passes
  // on what the terminal has sent to everyone already.
  let stoppedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      stoppedAt ??= performance.now();
      if (performance.now() - stoppedAt > 500) process.exit(exitCodes.interrupted.code);
      stop.abort(new Error(signal));
    });
  // Whoever reads along may go away (| head): what was begun is finished without them.
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || ending === 'blocked') return;
    // The terminal was closed: nobody is there any more.
    if (error.code === 'EIO') {
      stop.abort(error);
      return;
    }
    ending = 'blocked';
    process.exitCode = exitCodes[ending].code;
    void tell(unwritable(error.code));
    stop.abort(error);
  });
  // Scripts ask for the version, often: it does not wait for all the rest to load.
  if (argv.length === 3 && (argv[2] === '--version' || argv[2] === '-V')) {
    process.stdout.write(`${version}\n`);
    return;
  }
  // An exported variable without a value says nothing.
  for (const name of ['IAMREADY_PROJECT', 'IAMREADY_ENDPOINT', 'IAMREADY_ACCESS_TOKEN_FILE'])
    if (process.env[name] === '') Reflect.deleteProperty(process.env, name);

  keepCompiledCode(process.env);
  loadScreenEarly(argv.slice(2));
  const { program } = await import('./commands/program.ts');
  const args = withCommand(argv);
  const iamready = await program(async (work) => {
    const done = await work(stop.signal);
    ending ??= done;
  }, args[2]);
  try {
    await iamready.parseAsync(args);
  } catch (error) {
    ending ??= await failed(error, argv, iamready, stop.signal);
  }
  process.exitCode = exitCodes[ending ?? 'done'].code;
}

/** Without a command, the wizard is meant; help and version are everybody's. */
function withCommand(argv: string[]): string[] {
  const [node = '', file = '', first] = argv;
  const named = first !== undefined && (!first.startsWith('-') || /^(?:-h|--help|-V|--version)$/.test(first));
  return named ? argv : [node, file, 'wizard', ...argv.slice(2)];
}

async function failed(
  error: unknown,
  argv: string[],
  iamready: Command,
  signal: AbortSignal,
): Promise<ExitName> {
  const { CommanderError } = await import('./commands/program.ts');
  if (error instanceof CommanderError && error.exitCode === 0) return 'done';
  // The pipe that broke is ours, and its reader has seen all that they wanted.
  if (error instanceof Error && 'syscall' in error && 'code' in error && error.code === 'EPIPE')
    return 'done';
  const problem = await problemFor(error, argv, iamready, signal);
  if (argv.includes('--json')) {
    const { jsonFace } = await import('./faces/json/json-face.ts');
    jsonFace(process.stdout).problem(problem);
  } else await tell(problem);
  if (argv.includes('--debug')) (await import('./commands/tell-problem.ts')).tellStack(error);
  return problem.exit;
}

async function tell(problem: Problem): Promise<void> {
  const { tellProblem } = await import('./commands/tell-problem.ts');
  tellProblem(problem);
}

function unwritable(code: string | undefined): Problem {
  return {
    mover: 'person',
    what: `the results cannot be written (${code ?? 'unknown error'})`,
    ...(code === 'ENOSPC' && { why: 'the disk that stdout goes to is full' }),
    next: 'free some space or send stdout elsewhere, then run this again',
    exit: 'blocked',
  };
}

async function problemFor(
  error: unknown,
  argv: string[],
  iamready: Command,
  signal: AbortSignal,
): Promise<Problem> {
  const { CommanderError } = await import('./commands/program.ts');
  if (error instanceof CommanderError) {
    const { usageProblem } = await import('./commands/usage-problem.ts');
    return usageProblem(
      error,
      iamready.commands.map((command) => command.name()).find((name) => name === argv[2]),
    );
  }
  const { problemOf } = await import('./commands/problem-of.ts');
  return problemOf(error, signal);
}

await main(process.argv);
