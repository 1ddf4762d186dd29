import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openTui } from '../../src/faces/tui/open.ts';
import { exitCodes, type ExitName } from '../../src/wizard/exit-codes.ts';
import type { ChoiceQuestion } from '../../src/wizard/question.ts';

/**
 * A program with a drawn conversation and no wizard behind it, for tests of the terminal: `<what it does> [arguments]`. Like
 * the CLI, it listens to signals, lets the conversation close, and ends by itself with the code of the table.
 */
const [does, ...args] = process.argv.slice(2);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stop.abort(new Error(signal)));

const conversation = openTui(
  { interrupted: () => stop.abort(new Error('interrupted')), tookOver: () => undefined },
  { stdin: process.stdin, stdout: process.stdout, env: process.env },
);
conversation.header({ profile: 'Remotion Cloud Run', project: 'acme-video', badge: 'simulated' });

const question: ChoiceQuestion = {
  kind: 'choice',
  id: 'project',
  at: 'project',
  title: 'Which project?',
  why: 'The account will live in it.',
  flag: '--project',
  canGoBack: true,
  options: ['acme-video', 'acme-web', 'acme-data'].map((id) => ({ id, label: id })),
  filter: true,
  noun: 'project',
  loading: false,
};

const aborted = (): Promise<unknown> => once(stop.signal, 'abort');

async function run(): Promise<ExitName> {
  switch (does) {
    case 'ask': {
      const answer = await conversation.ask(question, stop.signal);
      return answer.kind === 'leave' ? 'interrupted' : 'done';
    }
    case 'busy':
      conversation.busy('looking for ways to sign in');
      await aborted();
      return 'interrupted';
    case 'hand-over': {
      const [command = '', ...rest] = args;
      await conversation.handOver(async () => {
        const child = spawn(command, rest, { stdio: 'inherit' });
        stop.signal.addEventListener('abort', () => child.kill());
        await once(child, 'exit');
      });
      const answer = await conversation.ask(question, stop.signal);
      return answer.kind === 'leave' ? 'interrupted' : 'done';
    }
    case 'suggest': {
      const suggestion = {
        answer: { kind: 'yes' },
        narration: 'It goes on by itself.',
        afterMs: 60_000,
      } as const;
      const answer = await conversation.ask(question, stop.signal, suggestion);
      return answer.kind === 'leave' ? 'interrupted' : 'done';
    }
    case 'throw-at-question': {
      await conversation.ask(
        {
          ...question,
          get title(): string {
            throw new Error('a screen broke');
          },
        },
        stop.signal,
      );
      return 'done';
    }
    case 'throw-between-questions':
      conversation.header({
        get project(): string {
          throw new Error('a screen broke');
        },
      });
      await aborted();
      return 'interrupted';
    case 'throw-elsewhere':
      process.on('SIGUSR2', () => {
        throw new Error('something else broke');
      });
      await conversation.ask(question, stop.signal);
      return 'done';
    case 'exit':
      process.on('SIGUSR2', () => process.exit(exitCodes.cloud.code));
      await conversation.ask(question, stop.signal);
      return 'done';
    case undefined:
    default:
      throw new Error(`there is no "${String(does)}"`);
  }
}

let ending: ExitName;
try {
  try {
    ending = await run();
  } finally {
    await conversation.close();
  }
} catch (error) {
  ending = stop.signal.aborted && error === stop.signal.reason ? 'interrupted' : 'bug';
  if (ending === 'bug') process.stderr.write(`a bug: ${String(error)}\n`);
}
process.stdout.write(`ended: ${ending}\n`);
process.exitCode = exitCodes[ending].code;
