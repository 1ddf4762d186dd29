import { afterAll, describe, expect, onTestFailed, test } from 'vitest';
import { follow } from './follow.ts';
import { openPatient, type Patient } from './patient.ts';
import { ailments, twofold, worldOfAdministrator, type Ailment } from './worlds.ts';

const closing: (() => Promise<void>)[] = [];
// One for all, as each is well again at the end of its test; another one where it is not.
let ward: Promise<Patient> | undefined;
const patient = () =>
  (ward ??= worldOfAdministrator().then((world) =>
    openPatient({ world, quota: false }, (close) => closing.push(close)),
  ));
afterAll(() => Promise.all(closing.map((close) => close())));

test('nothing lacks where all is as the profile wants it', async () => {
  const at = await patient();
  expect(await at.why()).toEqual({ exit: 0, causes: [], unread: [], missing: [], unexplained: [] });
});

/** Lets it ail, asks why, does what is told, and asks again. */
async function treat({ ail, asked, kinds, calls }: Ailment): Promise<void> {
  const at = await patient();
  onTestFailed(() => void (ward = undefined));
  await ail(at);
  const { exit, causes, unexplained, missing } = await at.why(asked);
  expect(causes.map(({ kind }) => kind)).toEqual(kinds);
  expect(exit).toBe(5);
  expect(unexplained).toEqual([]);
  for (const [index, { permissions, evidence, remedy, what }] of causes.entries()) {
    expect(evidence.map(({ call }) => call)).toContain(calls[index]);
    for (const { resource, said } of evidence) expect([resource, said, remedy, what]).not.toContain('');
    for (const name of permissions) expect(name).toMatch(/^[a-z]+(?:\.\w+)+$/u);
  }
  const explained = new Set(causes.flatMap(({ permissions }) => permissions));
  if (causes.every(({ permissions }) => permissions.length > 0))
    expect(missing.filter((name) => !explained.has(name))).toEqual([]);
  for (const command of new Set(causes.map(({ command }) => command))) await follow(command, at);
  expect(await at.why(asked)).toMatchObject({ exit: 0, causes: [], missing: [], unexplained: [] });
}

describe('the cause is named with what proves it, and what is told mends it, where', () => {
  test.each(ailments)('$where', treat);
});

describe('both causes are named, and what is told mends them, where', () => {
  test.each(twofold)('$where', treat);
});

test('whoever may not look above the project is told what can be seen in it, and what could not be read of the rest', async () => {
  const at = await openPatient({ quota: false });
  const asked = await at.why(['run.jobs.run']);
  expect(asked).toMatchObject({ exit: 5, causes: [{ kind: 'not-in-role', permissions: ['run.jobs.run'] }] });
  await follow(asked.causes[0]?.command, at);
  expect((await at.why(['run.jobs.run'])).exit).toBe(0);

  // A stranger may not even see who has what: nothing is guessed.
  await at.cloud.changePolicy((policy) => ({
    ...policy,
    bindings: policy.bindings.filter(({ role }) => role !== at.cloud.roleName),
  }));
  const stranger = await at.tokenOf('ya29.simulated-sam-the-stranger');
  const unseen = await at.why([], { accessTokenFile: stranger });
  expect(unseen.causes).toEqual([]);
  expect(unseen.unexplained).toEqual(unseen.missing);
  expect(unseen.unread.map(({ needs }) => needs)).toContain('resourcemanager.projects.getIamPolicy');
});
