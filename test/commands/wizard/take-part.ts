import { join } from 'node:path';
import { expect } from 'vitest';
import type { Errand } from '../../../src/commands/errand.ts';
import { guide, type Guided } from '../../../src/commands/wizard/guide.ts';
import type { RunFlags } from '../../../src/commands/run-flags.ts';
import { exitCodes } from '../../../src/wizard/exit-codes.ts';
import type { Stage } from '../../flows/stage.ts';
import { person, type Line } from './person.ts';

/** The wizard on a stage's cloud, where Ada's and Vera's tokens are all there is to sign in with. */
export async function takePart(stage: Stage, script: readonly Line[], flags: RunFlags = {}, errand?: Errand) {
  const { folder, endpoint, keyFile } = stage;
  const vera = await stage.tokenOf('ya29.simulated-vera-the-viewer');
  const told = person(script);
  const guided: Guided = await guide(
    told.talk,
    {
      ...(errand && { errand }),
      flags: { endpoint, keyFile, stateDir: join(folder, 'state'), ...flags },
      endpoint,
      badge: 'simulated',
      env: {},
      home: folder,
      cwd: folder,
      demo: false,
      offered: [
        {
          id: 'ada',
          label: 'ada@acme.com',
          choice: { accessTokenFile: join(folder, 'access-token'), principal: 'ada@acme.com' },
        },
        { id: 'vera', label: 'vera@acme.com', choice: { accessTokenFile: vera, principal: 'vera@acme.com' } },
      ],
    },
    {},
  );
  if (guided.kind !== 'done') throw new Error('the embedded cloud was not to be chosen');
  expect(told.rest()).toEqual([]);
  return { told, ...guided.outcome, scene: guided.scene, code: exitCodes[guided.outcome.exit].code };
}
