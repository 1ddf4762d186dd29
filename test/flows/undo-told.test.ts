import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { carryOut } from '../../src/commands/carry-out.ts';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { undoErrand } from '../../src/commands/undo-errand.ts';
import { textFace } from '../../src/faces/text/text-face.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { openStage, type Stage } from './stage.ts';

/** What somebody reads on stdout who runs this where there is no terminal, in one line. */
async function told(stage: Stage, command: 'setup' | 'undo', flags: RunFlags): Promise<string> {
  const { folder, project, endpoint, keyFile } = stage;
  let text = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const err = new Writable({ write: (_chunk, _encoding, done) => done() });
  await carryOut({
    ...(command === 'undo' ? undoErrand(flags) : { command }),
    flags: {
      ...{ profile: 'remotion-cloudrun', project, endpoint, keyFile, stateDir: join(folder, 'state') },
      accessTokenFile: join(folder, 'access-token'),
      ...flags,
    },
    profile: () => loadProfile('remotion-cloudrun'),
    face: textFace({ out, err, env: {}, width: 100 }),
    signal: new AbortController().signal,
  });
  return text.trim().replaceAll(/\s+/g, ' ');
}

test('the receipt of a setup names what undoes it, and undo says what went, what stays, and why', async () => {
  const stage = await openStage();
  const { endpoint, folder, cloud, heldKey, keyFile } = stage;
  const receipt = await told(stage, 'setup', { yes: true });
  expect(receipt).toMatch(
    /undo iamready undo --profile=remotion-cloudrun --project=acme-video .* takes away what was made, and nothing else$/,
  );
  expect(receipt.split('iamready undo')[1]).toContain(`--endpoint=${endpoint} `);
  expect(receipt.split('iamready undo')[1]).toContain(` --state-dir=${folder}/state `);
  await cloud.patchRole({ title: 'Theirs' }, 'title');
  const { id } = await heldKey();

  const asked = await told(stage, 'undo', {});
  expect(asked).toMatch(/^acme-video · remotion-cloudrun · to be taken away - key /);
  expect(asked).toContain('Nothing was taken away: nobody is here to say yes. Run it again with --yes');

  const done = await told(stage, 'undo', { yes: true });
  const email = 'remotion-sa@acme-video.iam.gserviceaccount.com';
  expect(done).toContain(`Taken away: key ${id}, file ${keyFile}, grant RemotionSA, account ${email}. In `);
  expect(done).toContain(`stays account ${email}: restorable for 30 days, by its unique ID `);
  expect(done).toContain(
    'run.googleapis.com: on, because others may use them by now; --services turns them off',
  );
  expect(done).toContain('Stays, because it is not ours any more: ');
  expect(done).toContain('Custom role: the role RemotionSA is not as iamready made it: titled "Theirs"');
  expect(done).toMatch(/Next if nobody needs it: gcloud iam roles delete RemotionSA --project=acme-video$/);

  const again = await told(stage, 'undo', { yes: true });
  expect(again).toMatch(/^Nothing to take away in acme-video: /);
});
