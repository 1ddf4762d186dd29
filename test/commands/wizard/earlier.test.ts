import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { journalFile } from '../../../src/commands/folders.ts';
import { ago, progressOf } from '../../../src/commands/wizard/earlier-progress.ts';
import { askEarlier, earlierRuns } from '../../../src/commands/wizard/earlier.ts';
import { LeftError } from '../../../src/commands/wizard/talk.ts';
import { openJournal } from '../../../src/wizard/journal.ts';
import { choose, leave, person } from './person.ts';

const NOW = new Date('2026-05-01T12:00:00Z');
const PROFILE = 'remotion-cloudrun';
const hours = (count: number) => count * 3_600_000;

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'iamready-earlier-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));
});

interface Left {
  project: string;
  profile?: string;
  endpoint?: string;
  receipts?: readonly string[];
  intents?: readonly string[];
  agoMs: number;
}

/** Leaves a journal as a run does, some time ago. */
async function left(run: Left): Promise<string> {
  const { project, profile = PROFILE, endpoint, receipts = [], intents = [], agoMs } = run;
  const file = journalFile(state, project, profile, endpoint);
  const journal = await openJournal(file);
  await journal.answer({ project, roleId: 'RemotionSA' });
  for (const step of receipts) await journal.record(step, { made: 'it' });
  for (const step of intents) await journal.intend(step, { was: 'there' });
  await journal.close();
  const then = new Date(NOW.getTime() - agoMs);
  await utimes(file, then, then);
  return file;
}

async function written(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(state, file)), { recursive: true });
  await writeFile(join(state, file), text);
}

const all = ['services', 'role', 'account', 'grant', 'key', 'validate'];

describe('what earlier runs left', () => {
  test('is found, the latest first, with what they were told and did', async () => {
    await left({ project: 'acme-video', receipts: ['services', 'role'], intents: ['key'], agoMs: hours(2) });
    await left({ project: 'acme.com:old', receipts: all, agoMs: hours(1) });
    expect(await earlierRuns(state, undefined)).toEqual([
      {
        project: 'acme.com:old',
        profile: PROFILE,
        answers: { project: 'acme.com:old', roleId: 'RemotionSA' },
        receipts: all,
        intents: [],
        made: [],
        lastWritten: new Date(NOW.getTime() - hours(1)),
      },
      {
        project: 'acme-video',
        profile: PROFILE,
        answers: { project: 'acme-video', roleId: 'RemotionSA' },
        receipts: ['services', 'role'],
        intents: ['key'],
        made: [],
        lastWritten: new Date(NOW.getTime() - hours(2)),
      },
    ]);
  });

  test('is kept apart by the cloud at the other end', async () => {
    const endpoint = 'http://127.0.0.1:8080';
    await left({ project: 'real', agoMs: 0 });
    await left({ project: 'simulated', endpoint, agoMs: 0 });
    await left({ project: 'elsewhere', endpoint: 'http://127.0.0.1:9090', agoMs: 0 });
    const projects = async (at?: string) => (await earlierRuns(state, at)).map(({ project }) => project);
    expect(await projects()).toEqual(['real']);
    expect(await projects(endpoint)).toEqual(['simulated']);
  });

  test('and is broken is listed with the reason; what is no journal or an empty one is not', async () => {
    await written('acme-video/remotion-cloudrun.json', '{"v":1');
    await written('acme-newer/remotion-cloudrun.json', '{"v":3,"answers":{},"intents":{},"receipts":{}}');
    await written('acme-empty/remotion-cloudrun.json', '{"v":1,"answers":{},"intents":{},"receipts":{}}');
    await written('acme-video/remotion-cloudrun.json.lock', '');
    await written('stray.json', '{}');
    await mkdir(join(state, 'acme-video', 'folder.json'));
    const runs = await earlierRuns(state, undefined);
    expect(runs.map(({ project, notice, unavailable }) => [project, notice, unavailable]).toSorted()).toEqual(
      [
        [
          'acme-newer',
          undefined,
          expect.stringMatching(/^the journal .* newer version .*; install the newer/),
        ],
        ['acme-video', expect.stringMatching(/it is not JSON \(6 bytes\).*looked at afresh$/), undefined],
      ],
    );
  });

  test('is nothing where nothing was ever left', async () => {
    expect(await earlierRuns(join(state, 'none'), undefined)).toEqual([]);
    await written('file', '');
    expect(await earlierRuns(join(state, 'file'), undefined)).toEqual([]);
  });
});

describe('the question whether to go on', () => {
  test('offers to continue what is not finished, and to check and repair what is', async () => {
    await left({ project: 'acme-video', receipts: ['account'], intents: ['key'], agoMs: hours(2) });
    await left({ project: 'acme-done', receipts: all, agoMs: hours(49) });
    await left({ project: 'acme-team', profile: 'our-own', receipts: ['role'], agoMs: hours(50) });
    await written('broken/remotion-cloudrun.json', '{');
    const runs = await earlierRuns(state, undefined);
    const { talk, choice } = person([['earlier', choose(`acme-video/${PROFILE}`)]]);
    const ending = await askEarlier(talk, runs, NOW);
    expect(ending).toEqual({
      kind: 'done',
      value: { kind: 'again', run: runs.find(({ project }) => project === 'acme-video') },
    });
    const { options, canGoBack } = choice('earlier');
    expect(canGoBack).toBe(false);
    const shown = options.map(({ label, columns = [] }) => [label, ...columns.slice(0, 3)].join(' | '));
    expect(shown).toEqual([
      'continue | broken | remotion-cloudrun | not readable',
      'continue | acme-video | remotion-cloudrun | 3 of 7 made',
      'check and repair | acme-done | remotion-cloudrun | finished',
      'continue | acme-team | our-own | 3 of 7 made',
      'start another',
    ]);
    expect(options.map(({ columns = [] }) => columns[3]).slice(1)).toEqual([
      '2 hours ago',
      '2 days ago',
      '2 days ago',
      undefined,
    ]);
    expect(options[0]?.detail).toMatch(/^The journal .* not JSON/);
    expect(options[1]?.detail).toMatch(/interrupted while a key was made/);
    expect(options[3]?.unavailable).toBe(
      'its profile is not built in; run iamready --profile=FILE --project=acme-team',
    );
  });

  test('can be answered with something new, or by leaving', async () => {
    await left({ project: 'acme-video', agoMs: 0 });
    const runs = await earlierRuns(state, undefined);
    const fresh = person([['earlier', choose('another')]]);
    expect(await askEarlier(fresh.talk, runs, NOW)).toEqual({ kind: 'done', value: { kind: 'new' } });
    await expect(askEarlier(person([['earlier', leave]]).talk, runs, NOW)).rejects.toBeInstanceOf(LeftError);
  });

  test('shows names from files so that they give no orders to the terminal', async () => {
    await written(
      'acme-video/remotion-cloudrun.json',
      JSON.stringify({ v: 1, answers: { project: 'a\u001b[2Jb' }, intents: {}, receipts: {} }),
    );
    const { talk, choice } = person([['earlier', choose('another')]]);
    await askEarlier(talk, await earlierRuns(state, undefined), NOW);
    expect(choice('earlier').options[0]?.columns?.[0]).toBe(String.raw`a\u001b[2Jb`);
  });
});

test.each([
  [[], [], 0, false],
  [['services'], [], 2, false],
  // The services were on already, so only the role tells of them.
  [['role'], [], 3, false],
  [['account'], ['key'], 3, false],
  [[], ['key'], 3, false],
  [['key'], [], 4, false],
  [['grant'], [], 5, false],
  [['validate'], [], 7, true],
  [['validate'], ['key'], 7, false],
])(
  'receipts of %j and intents of %j tell that %i steps are there',
  (receipts, intents, reached, finished) => {
    expect(progressOf({ receipts, intents })).toEqual({ finished, reached, of: 7 });
  },
);

test.each([
  [-5_000, 'just now'],
  [59_000, 'just now'],
  [60_000, '1 minute ago'],
  [hours(1.9), '1 hour ago'],
  [hours(24 * 30), '30 days ago'],
  [hours(24 * 31), '2026-03-31'],
])('%i ms back is %s', (ms, said) => {
  expect(ago(new Date(NOW.getTime() - ms), NOW)).toBe(said);
});
