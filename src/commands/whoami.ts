import { homedir } from 'node:os';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { printed } from '../print/printable.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { customEndpoint } from './endpoint-flag.ts';
import { callLog } from './debug-log.ts';
import type { RunFlags } from './run-flags.ts';
import { cloudOf, findMine, identify, type Here, type Identity, type WhoFlags } from './whoami/identity.ts';
import { findOthers, type Other } from './whoami/others.ts';
import { othersLines, whoamiPage } from './whoami/page.ts';
import { written } from './written.ts';

/** What `iamready whoami` takes from the command line. */
export type WhoamiFlags = WhoFlags & Pick<RunFlags, 'endpoint' | 'json' | 'debug'>;

/**
 * `iamready whoami`: whose credentials are used and where they come from, asked of Google where they do not say, and what else
 * was found on this machine. Prints no secret, changes nothing.
 * @throws what is wrong with the credentials, as other commands do; what else was found is printed before
 */
export async function whoami(
  flags: WhoamiFlags,
  {
    out,
    env,
    cwd,
  }: { out: NodeJS.WritableStream & { columns?: number }; env: NodeJS.ProcessEnv; cwd: string },
  signal: AbortSignal,
): Promise<ExitName> {
  const endpoint = customEndpoint(flags);
  const here: Here = { endpoint, env, cwd, home: env['HOME'] ?? homedir(), signal, log: callLog(flags) };
  const columns = out.columns ?? 80;
  const finding = findMine(flags, here);
  const found = await finding.catch(() => undefined);
  const identifying = found && identify(found, cloudOf(found.credentials, here), here);
  identifying?.catch(() => undefined);
  const others = await findOthers(found, flags, here);
  let identity: Identity | undefined;
  try {
    await finding;
    identity = await identifying;
    if (identity === undefined) throw new Error('credentials were found, and are nobody');
  } catch (error) {
    if (others.length > 0)
      await written(
        out,
        flags.json ? others.map(otherEvent).map(jsonLine).join('') : printed(othersLines(others, columns)),
      );
    throw error;
  }
  await written(
    out,
    flags.json
      ? eventsOf(identity, endpoint, others).map(jsonLine).join('')
      : whoamiPage({ identity, endpoint, others }, columns),
  );
  return 'done';
}

function eventsOf(identity: Identity, endpoint: string | undefined, others: readonly Other[]): Event[] {
  const { email, toldBy, principal, kind, from, through, quotaProject, expires } = identity;
  return [
    {
      v: 1,
      type: 'identity',
      principal,
      email: email ?? null,
      ...(toldBy !== undefined && { toldBy }),
      kind,
      from,
      through: [...through],
      ...(quotaProject !== undefined && { quotaProject }),
      ...(expires !== undefined && { expires: expires.at.toISOString() }),
      endpoint: endpoint ?? null,
    },
    ...others.map(otherEvent),
    { v: 1, type: 'result', status: 'ready', exitCode: 0, ...(email !== undefined && { email }) },
  ];
}

function otherEvent({ label, where, why, take }: Other): Event {
  return { v: 1, type: 'not-taken', principal: label, where, why, ...(take !== undefined && { take }) };
}
