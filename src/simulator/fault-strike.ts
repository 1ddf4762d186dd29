import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { faultAnswer } from './fault-answer.ts';
import type { Fault } from './faults.ts';
import type { Outgoing } from './pipeline.ts';
import type { LoggedRequest } from './request-log.ts';
import { shownJson } from './shown-json.ts';

/** The exchange that a fault befalls. */
export interface Struck {
  readonly response: ServerResponse;
  readonly entry: LoggedRequest;
  /** Sends an answer as all others are sent. */
  readonly sent: (outgoing: Outgoing) => void;
  /** The answer in whose place the fault comes, where the request was handled. */
  readonly outgoing?: Outgoing;
}

/** Lets a fault have its way; false when the answer is to be sent all the same. */
export async function strike(fault: Fault['then'], at: Struck): Promise<boolean> {
  const { response, entry } = at;
  switch (fault.kind) {
    case 'delay':
      await wait(fault.milliseconds, undefined, { ref: false });
      return false;
    case 'hang':
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'html':
      entry.status = fault.status;
      response.writeHead(fault.status, { 'Content-Type': 'text/html; charset=UTF-8' });
      response.end(
        '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n',
      );
      return true;
    case 'half':
      await sendHalf(at, fault.cut);
      return true;
    case 'status':
      at.sent(faultAnswer(fault));
      return true;
  }
}

/** Half of the answer, or of one that says nothing. The log has no status for a connection that was cut. */
async function sendHalf({ response, entry, outgoing }: Struck, cut: boolean): Promise<void> {
  const { status, body } = outgoing ?? { status: 200, body: { name: 'half of an answer' } };
  const whole = Buffer.from(shownJson(body));
  const half = whole.subarray(0, whole.length / 2);
  if (!cut) entry.status = status;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=UTF-8',
    'Content-Length': cut ? whole.length : half.length,
  });
  await new Promise<void>((resolve) => response.write(half, () => resolve()));
  if (cut) response.socket?.destroy();
  else response.end();
}
