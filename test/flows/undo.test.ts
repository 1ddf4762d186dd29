import { expect, test } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import { steps } from '../../src/steps/index.ts';
import { undoCommands } from '../../src/steps/undo.ts';
import { newSession, reduce, type Session, type SessionEvent } from '../../src/wizard/session.ts';

const asked = 'asked by the profile';
const answer = (value: string) => ({ value, source: asked });

/** A session in which these steps made something, and the others found all as wanted. */
function sessionThatMade(...made: string[]): Session {
  const ids = steps.map(({ id }) => id);
  const events = ids.flatMap((step): SessionEvent[] => {
    const same: SessionEvent = { step, type: 'seen-same', facts: [{ tone: 'note', text: `${step} abc` }] };
    const change = { sign: '+' as const, what: step, name: step, why: '', source: asked, requires: [] };
    return made.includes(step)
      ? [
          { step, type: 'look' },
          { step, type: 'seen-else', changes: [change], facts: [] },
          { step, type: 'approve' },
          { step, type: 'acted' },
          same,
        ]
      : [{ step, type: 'look' }, same];
  });
  return events.reduce(reduce, newSession(ids));
}

async function undo(...made: string[]): Promise<string[]> {
  const answers = {
    project: 'acme-video',
    roleId: answer('RemotionSA'),
    roleTitle: answer('Remotion'),
    accountId: answer('remotion-sa'),
    accountName: answer('Remotion'),
    keyFile: answer("/home/ada/it's a key.json"),
    access: { kind: 'key' as const },
  };
  return undoCommands({ profile: await loadProfile('remotion-cloudrun'), answers }, sessionThatMade(...made));
}

test('what a run made is named with the commands that take it back, the last first, and services stay on', async () => {
  expect(await undo('services', 'role', 'account', 'grant', 'key')).toEqual([
    'gcloud projects remove-iam-policy-binding acme-video --condition=None --member=serviceAccount:remotion-sa@acme-video.iam.gserviceaccount.com --role=projects/acme-video/roles/RemotionSA',
    'gcloud iam service-accounts delete remotion-sa@acme-video.iam.gserviceaccount.com --project=acme-video',
    'gcloud iam roles delete RemotionSA --project=acme-video',
    String.raw`rm '/home/ada/it'\''s a key.json'`,
  ]);
});

test('what was there before is never named, and of an account that was, only the new key', async () => {
  expect(await undo()).toEqual([]);
  expect(await undo('key')).toEqual([
    'gcloud iam service-accounts keys delete abc --iam-account=remotion-sa@acme-video.iam.gserviceaccount.com --project=acme-video',
    String.raw`rm '/home/ada/it'\''s a key.json'`,
  ]);
});
