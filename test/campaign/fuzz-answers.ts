import type { Event } from '../../src/faces/json/events.ts';
import type { Answer } from '../flows/between.ts';
import type { Run, Stage } from '../flows/stage.ts';
import { mutated, type Mutation } from './mutations.ts';
import { demandGoodEnding, demandNothingLost, type Whole } from './nothing-lost.ts';
import { onStage, record, untouched } from './starts.ts';
import { demandAll, demandSame, type Ending } from './trial.ts';

/** Calls of a setup of an untouched project, at least. */
const CALLS = 40;
/** For so long a run may wait for what a spoiled answer has kept from it, before somebody stops it. */
const PATIENCE_MS = 20_000;
let recorded: Promise<Whole> | undefined;

/** True for an answer that can be taken for one of Google's. */
function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

/** One answer with its body spoiled, and at times its headers with it. */
function spoiledAnswer({ status, headers, body }: Answer, mutation: Mutation, index: number): Answer {
  const rest = Object.entries(headers).filter(
    ([name]) => !/^(?:content-length|transfer-encoding)$/.test(name),
  );
  const lies = [
    {},
    {},
    {},
    { 'content-encoding': 'gzip' },
    { 'content-type': 'text/html' },
    { 'retry-after': 'soon' },
  ];
  const statuses = [status, status, status, status, 204, 206, 302, 404, 418, 500];
  const { at = 0 } = mutation.kind === 'bytes' ? mutation : { at: mutation.steps.length };
  return {
    status: statuses[(at + index) % statuses.length] ?? status,
    headers: { ...Object.fromEntries(rest), ...lies[index % lies.length] },
    body: mutated(body, mutation),
  };
}

/**
 * A first run that is stopped, as by Ctrl-C, where it waits for what never comes: it says all the while what that is, and goes
 * on for as long as Google may take.
 */
async function setupWithPatience(stage: Stage, endpoint: string): Promise<{ run: Run; waited: boolean }> {
  const stop = new AbortController();
  const onEvent = (event: Event): void => {
    if (event.type === 'progress' && event.elapsedMs > PATIENCE_MS) stop.abort(new Error('waited in vain'));
  };
  const run = await stage.setup({ endpoint }, { deadlineMs: 5000, stop, onEvent });
  return { run, waited: stop.signal.aborted };
}

/**
 * One answer of the cloud is spoiled. An answer that is none of Google's any more is told as such, and nothing is lost. One that
 * still could be is believed; but it never comes to a bug of ours, the next run sees things as they are, and there is one key.
 */
export function answerTrial(mutation: Mutation, index: number): Promise<Ending> {
  const at = 1 + ((index * 7) % CALLS);
  let calls = 0;
  let believed = false;
  return onStage(
    untouched,
    async (stage, endpoint) => {
      const { run: first, waited } = await setupWithPatience(stage, endpoint);
      const undisturbed = await (recorded ??= record(untouched).then(({ undisturbed: whole }) => whole));
      const again = () => stage.setup({ endpoint });
      if (!believed) return demandNothingLost(stage, { first, allowed: [3, 5, 6], again, undisturbed });
      if (waited) demandSame(first.exit, 130, 'it was stopped');
      else demandGoodEnding(first, [3, 5, 6]);
      if (first.exit !== 0) demandSame((await again()).exit, 0, 'the next run');
      await stage.forgetRequests();
      demandSame((await again()).exit, 0, 'one more run');
      demandAll(await stage.writes(), [], 'one more run wrote');
      demandAll(await stage.cloud.keys(), [(await stage.heldKey()).id], 'the keys of the account');
      return first.exit === 0 ? 'ready at once' : 'ready on the next run';
    },
    async ({ pass }) => {
      const answer = await pass();
      if (++calls !== at) return answer;
      const spoiled = spoiledAnswer(answer, mutation, index);
      believed = isJson(spoiled.body);
      return spoiled;
    },
  );
}
