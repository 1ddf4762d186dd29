import { expect, test, vi } from 'vitest';
import { EMAIL } from '../../google/service-account-keys.ts';
import { startServer } from '../../google/server.ts';
import { back, choose, whenLoaded } from './person.ts';
import { BOB, desk } from './sign-in-desk.ts';

/** A Google machine's metadata server, which knows one account. */
async function onGoogleMachine() {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'metadata-flavor': 'Google', 'content-type': 'application/text' }).end(EMAIL);
  });
  // The variables are those of Google's library.
  vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
  vi.stubEnv('GCE_METADATA_HOST', new URL(server.url).host);
  return server;
}

test('the account of a Google machine is offered where there is nothing else, and no flag says it', async () => {
  const { signIn } = await desk();
  await onGoogleMachine();
  const { told, ending } = await signIn([['sign-in', whenLoaded(choose('attached'))]]);
  expect(told.choice('sign-in').options[0]).toMatchObject({
    id: 'attached',
    label: EMAIL,
    columns: ['attached account', 'this Google machine'],
  });
  expect(ending).toMatchObject({
    value: {
      credentials: { kind: 'adc', email: EMAIL },
      flags: { credentials: undefined, accessTokenFile: undefined, account: undefined },
    },
  });
});

test('the account of a Google machine is not asked for where there is something else, or for another endpoint', async () => {
  const { gcloud, signIn } = await desk();
  const server = await onGoogleMachine();
  const endpoint = 'http://127.0.0.1:1';
  expect(await signIn([['sign-in', whenLoaded(back)]], { endpoint, canGoBack: true })).toMatchObject({
    ending: { kind: 'back' },
  });
  await gcloud({ accounts: [BOB] });
  await signIn([['sign-in', whenLoaded(choose('gcloud:bob@acme.com'))]]);
  expect(server.seen).toEqual([]);
});

test('the account of a Google machine that is gone when it is chosen is told at the question', async () => {
  const { signIn } = await desk();
  await onGoogleMachine();
  const { told } = await signIn([
    [
      'sign-in',
      (question) => {
        if (question.kind !== 'choice' || question.loading) return undefined;
        vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
        return { kind: 'chosen', id: 'attached' };
      },
    ],
    ['sign-in', whenLoaded({ kind: 'chosen', id: 'embedded' })],
  ]);
  expect(told.question('sign-in').notes?.[0]?.text).toMatch(/no service account is attached to this machine/);
});
