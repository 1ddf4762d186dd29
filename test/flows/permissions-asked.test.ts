import { expect, test } from 'vitest';
import * as z from 'zod';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { permissionsForAccess, permissionsToLook, permissionsToMend } from '../../src/steps/permissions.ts';
import { startRecorder } from '../faults/recorder.ts';
import { openStage } from './stage.ts';

const Asked = z.object({ permissions: z.array(z.string()) });

test('the operator is asked once, for what the chosen way needs; for every way only where none was named', async () => {
  const stage = await openStage();
  await using recorder = await startRecorder(stage.endpoint);
  let asked: string[][] = [];
  recorder.twist(({ path, body }) => {
    if (path.includes('acme-video:testIamPermissions')) asked.push(Asked.parse(JSON.parse(body)).permissions);
    return undefined;
  });
  /** What one run asks that would write, and is not told that it may. */
  const run = async (flags: RunFlags) => {
    asked = [];
    await stage.setup({ endpoint: recorder.endpoint, yes: false, ...flags });
    return asked.map((each) => each.toSorted());
  };
  const once = (besides: readonly string[]) => [
    [...permissionsToLook, ...permissionsToMend, ...besides].toSorted(),
  ];
  expect(await run({ keyless: 'none' })).toEqual(once([]));
  const github = permissionsForAccess('github');
  expect(await run({ keyless: 'github', repository: 'acme/video' })).toEqual(once(github));
  expect(github).not.toContain('run.services.update');
  const all = permissionsForAccess(undefined);
  expect(await run({})).toEqual(once(all));
  expect(all).toEqual(expect.arrayContaining([...github, 'run.services.update']));
});
