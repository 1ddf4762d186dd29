import { mermaidOf } from '../access/mermaid.ts';
import { readAccess } from '../access/read.ts';
import { showsUnicode } from '../print/glyphs.ts';
import { printed } from '../print/printable.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { graphPage } from './graph-page.ts';
import { knownPermissions } from './known-permissions.ts';
import { looking, type Looking } from './look.ts';
import { regionsAnswer } from './regions-answer.ts';
import type { RunFlags } from './run-flags.ts';
import { written } from './written.ts';

/** What `iamready graph` takes from the command line. */
export type GraphFlags = RunFlags & {
  mermaid?: boolean;
  /** Fold nothing. */
  all?: boolean;
  /** Regions of Cloud Run, with commas between them. */
  regions?: string;
};

/** The graph of the account that is looked at. @throws ProblemError where a region is none; CloudError, CredentialsError */
export async function graphOf({ tools, goal, journal }: Looking, flags: Pick<GraphFlags, 'regions'>) {
  const regions = regionsAnswer(flags);
  return readAccess({ tools, goal, made: journal.made, regions, known: await knownPermissions() });
}

/** `iamready graph`: who can use the account, and what it may do, by which line, and why. Changes nothing. */
export async function graph(
  flags: GraphFlags,
  { out, env }: { out: NodeJS.WritableStream & { columns?: number }; env: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Promise<ExitName> {
  const found = await looking(flags, signal, (at) => graphOf(at, flags));
  const { all = false, json = false, mermaid = false } = flags;
  const text = json
    ? printed(JSON.stringify(found, null, 2).split('\n'))
    : mermaid
      ? mermaidOf(found, all)
      : graphPage(found, { columns: out.columns ?? 80, unicode: showsUnicode(env), all });
  await written(out, text);
  return 'done';
}
