import { setTimeout as sleep } from 'node:timers/promises';
import type { CredentialsChoice } from '../../../google/credentials.ts';
import type { Answer, Note } from '../../../wizard/question.ts';
import type { Talk } from '../talk.ts';
import type { Login } from './gcloud-login.ts';
import { lookAround, type Surroundings } from './look-around.ts';
import { looking } from './looking.ts';
import { canBeChosen, signInQuestion } from './question.ts';
import type { Place, Source } from './source.ts';

/** How a person wants to sign in. */
export type Way =
  | { kind: 'source'; choice: CredentialsChoice }
  | { kind: 'login'; login: Login }
  | { kind: 'file' }
  | { kind: 'embedded' }
  | { kind: 'back' };

/** gcloud starts Python; the question is not held back longer than this for it, in ms. */
const PATIENCE_MS = 4_000;

/** What belongs to the person who sits here: with one of these, the question need not wait for more. */
const likeliest = ['access-token-file', 'adc-variable', 'adc'];

interface Asked {
  canGoBack: boolean;
  /** Whether the embedded cloud is offered. */
  trial: boolean;
  notes: readonly Note[];
  /** The beginning of the ID of what the person would now choose. */
  prefer?: string;
  /** All there is to choose from. */
  offered?: readonly Source[];
}

/** Looks for ways to sign in and asks for one of them; what is found meanwhile joins the open question. */
export async function chooseWay(talk: Talk, place: Place, { offered, ...rest }: Asked): Promise<Way> {
  const asking = { ...rest, endpoint: place.endpoint, fixed: offered !== undefined };
  if (offered !== undefined) {
    const known = { sightings: offered, looking: false };
    return wayOf(await talk.ask(signInQuestion(known, asking)), known);
  }
  const stop = new AbortController();
  const signal = AbortSignal.any([talk.signal, stop.signal]);
  const enough = Promise.withResolvers<undefined>();
  let known: Surroundings = { sightings: [], looking: true };
  let open = false;
  talk.conversation.busy(looking);
  const search = lookAround({ ...place, signal }, (now) => {
    known = now;
    if (open) talk.conversation.update(signInQuestion(known, asking));
    if (isEnough(now, rest.prefer)) enough.resolve(undefined);
  });
  try {
    await Promise.race([enough.promise, search, sleep(PATIENCE_MS, undefined, { signal })]);
    talk.conversation.busy(undefined);
    open = true;
    search.catch((error: unknown) => stop.abort(error));
    return wayOf(await talk.ask(signInQuestion(known, asking), signal), known);
  } catch (error) {
    // A question that was taken away by a bug in the search: the bug is what is to be told.
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    open = false;
    talk.conversation.busy(undefined);
    stop.abort();
  }
}

function isEnough({ sightings }: Surroundings, prefer: string | undefined): boolean {
  return sightings.some(
    (each) =>
      canBeChosen(each) && (prefer === undefined ? likeliest.includes(each.id) : each.id.startsWith(prefer)),
  );
}

function wayOf(answer: Answer, { sightings }: Surroundings): Way {
  if (answer.kind === 'back') return { kind: 'back' };
  if (answer.kind !== 'chosen') throw new Error(`a choice was answered with ${answer.kind}`);
  const { id } = answer;
  if (id === 'gcloud-login' || id === 'adc-login') return { kind: 'login', login: id };
  if (id === 'file' || id === 'embedded') return { kind: id };
  const sighting = sightings.find((each) => each.id === id);
  if (sighting === undefined || !('choice' in sighting)) throw new Error(`${id} was no way to sign in`);
  return { kind: 'source', choice: sighting.choice };
}
