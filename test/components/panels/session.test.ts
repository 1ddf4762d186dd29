import { describe, expect, test } from 'vitest';
import { sessionLines } from '../../../components/panels/session.ts';
import type { View } from '../../../components/view.ts';
import type { SessionEvent } from '../../../src/wizard/session.ts';
import { drawn, expectToFit, rooms, small, wide } from './drawn.ts';
import * as given from './examples.ts';

const spans = { services: { began: 0, ended: 2100 }, role: { began: 2100 }, account: { began: 2000 } };
const after = (events: readonly SessionEvent[], past: View['spans'] = {}): View =>
  given.view({ session: given.after(...events), spans: past });
const sideBySide = { view: after(given.sideBySide, spans), now: 8100 };
const validating = { view: after(given.validating, { validate: { began: 0 } }), now: 41_400 };
const stopped: SessionEvent[] = [
  ...given.sideBySide,
  { step: 'role', type: 'failed', problem: given.conflict },
  { step: 'account', type: 'seen-same', facts: [] },
];

describe('a session at work', () => {
  test('tells steps that work side by side, and how long, at 80 columns', () => {
    expect(drawn(sessionLines(sideBySide, wide))).toMatchInlineSnapshot(`
      "
      Working in acme-video, on 2 steps at once. 2 of 7 ready.

      ✓ Project      number 764086051850, "Acme Video"
      ✓ Services     turned on run.googleapis.com, iam.googleapis.com            2.1 s
      ● Custom role  writing RemotionSA …                                          6 s
      ● Account                                           12 of 15 · 6 s, usually 10 s
        waiting for every replica to know the account
      ~ Grant        + RemotionSA
      ~ Key          + ~/.config/iamready/keys/acme-video/remotion-sa.json
      ~ Validate     to be tried

      Custom role: A named list of exactly what the account may do.
      Undo: the role can be deleted; its ID stays taken for 37 days
      "
    `);
  });

  test('gives what matters now a line of its own at 40 columns', () => {
    expect(drawn(sessionLines(sideBySide, small))).toMatchInlineSnapshot(`
      "
      Working in acme-video, on 2 steps at
      once. 2 of 7 ready.

      ✓ Project      number 764086051850, "Ac…
      ✓ Services     turned on run.goo…  2.1 s
      ● Custom role  writing RemotionSA …  6 s
      ● Account   12 of 15 · 6 s, usually 10 s
        waiting for every replica to know the…
      ~ Grant        + RemotionSA
      ~ Key          + ~/.config/iamready/key…
      ~ Validate     to be tried

      Custom role: A named list of exactly
      what the account may do.
      Undo: the role can be deleted; its ID
      stays taken for 37 days
      "
    `);
  });

  test('moves on every second, whatever the cloud says', () => {
    const at = (now: number) => drawn(sessionLines({ ...sideBySide, now }, wide));
    expect(at(9100)).toContain('7 s, usually 10 s');
    expect(at(200_000)).toContain('3 min 18 s, usually 10 s');
  });

  test('says that looking changes nothing', () => {
    expect(drawn(sessionLines({ view: after([{ step: 'project', type: 'look' }]), now: 0 }, wide))).toContain(
      'Looking at acme-video. Nothing is changed.',
    );
  });

  test('shows what stopped it, and what wants attention', () => {
    expect(drawn(sessionLines({ view: after(stopped), now: 0 }, wide))).toMatchInlineSnapshot(`
      "
      Stopped in acme-video. 3 of 7 ready.

      ✓ Project      number 764086051850, "Acme Video"
      ✓ Services     turned on run.googleapis.com, iam.googleapis.com
      ✗ Custom role
        could not read or change the allow policy of acme-video: someone else kept ch…
      ✓ Account      made remotion-sa@acme-video.iam.gserviceaccount.com
      ~ Grant        + RemotionSA
      ~ Key          + ~/.config/iamready/keys/acme-video/remotion-sa.json
      ~ Validate     to be tried
      "
    `);
    expect(drawn(sessionLines({ view: after(given.drifted), now: 0 }, wide))).toContain(
      '! also holds pubsub.topics.get',
    );
  });

  test('shows what was made when all is ready', () => {
    const past = { ...spans, role: { began: 0, ended: 400 }, validate: { began: 0, ended: 131_000 } };
    expect(drawn(sessionLines({ view: after(given.allReady, past), now: 0 }, wide))).toMatchInlineSnapshot(`
      "
      All 7 steps are ready.

      ✓ Project      number 764086051850, "Acme Video"
      ✓ Services     turned on run.googleapis.com, iam.googleapis.com            2.1 s
      ✓ Custom role  made RemotionSA                                             0.4 s
      ✓ Account      made remotion-sa@acme-video.iam.gserviceaccount.com
      ✓ Grant        granted RemotionSA
      ✓ Key          made ~/.config/iamready/keys/acme-video/remotion-sa.json
      ✓ Validate     15 of 15 permissions granted, asked as itself          2 min 11 s
      "
    `);
  });

  test('leaves out what the step is for where the rows are few', () => {
    const rows = (height: number) =>
      drawn(sessionLines(sideBySide, { ...wide, height })).split('\n').length - 2;
    expect([rows(13), rows(12), rows(5)]).toEqual([13, 10, 10]);
  });

  test('is empty before it began', () => {
    expect(sessionLines({ view: given.view({ session: undefined }), now: 0 }, wide)).toEqual([]);
  });

  test.each(rooms)('fits into $width columns in every state, and cuts only with an ellipsis', (room) => {
    const stories = [given.lookedAtNothing, given.drifted, given.validating, given.allReady, stopped];
    for (const view of [sideBySide.view, ...stories.map((events) => after(events, spans))]) {
      const lines = sessionLines({ view, now: 100_000 }, room);
      expectToFit(lines, room);
      const [, email = ''] = /(remotion-sa@\S*)/u.exec(drawn(lines)) ?? [];
      expect(
        [given.email, `${given.email},`, ''].includes(email) || email.includes(room.marks.ellipsis),
      ).toBe(true);
    }
  });
});

describe('permissions while they are tested', () => {
  test('stand in columns, with a sign for each, at 80 columns', () => {
    expect(drawn(sessionLines(validating, wide))).toMatchInlineSnapshot(`
      "
      Signed in as remotion-sa. 13 of 15 granted, 41 s, usually 120 s.
      Waiting for the grant to take effect everywhere.

      ✓ iam.serviceAccounts.actAs  ✓ storage.buckets.create
      ✓ run.operations.get         ✓ storage.buckets.get
      ● run.routes.invoke          ✓ storage.buckets.list
      ✓ run.services.create        ✓ storage.objects.create
      ✓ run.services.get           ● storage.objects.delete
      ✓ run.services.delete        ✓ storage.objects.list
      ✓ run.services.list          ✓ logging.logEntries.list
      ✓ run.services.update

      Validate: Signs in as the account, and asks Google permission by permission. It
      changes nothing.
      Undo: nothing to take back: it only asks
      "
    `);
  });

  test('begin with those still to come where the list is long, at 40 columns', () => {
    expect(drawn(sessionLines(validating, small))).toMatchInlineSnapshot(`
      "
      Signed in as remotion-sa.
      13 of 15 granted, 41 s, usually 120 s.
      Waiting for the grant to take effect
      everywhere.

      ● run.routes.invoke
      ● storage.objects.delete
      ✓ iam.serviceAccounts.actAs
      ✓ run.operations.get
      ✓ run.services.create
      ✓ run.services.get
      ✓ run.services.delete
      ✓ run.services.list
      ✓ run.services.update
      ✓ storage.buckets.create
      ✓ storage.buckets.get
      ✓ storage.buckets.list
      ✓ storage.objects.create
      ✓ storage.objects.list
      ✓ logging.logEntries.list

      Validate: Signs in as the account, and
      asks Google permission by permission. It
      changes nothing.
      Undo: nothing to take back: it only asks
      "
    `);
  });

  test.each([
    [120, 3],
    [80, 2],
    [40, 1],
  ])('at %i columns stand in %i', (width, columns) => {
    const lines = drawn(sessionLines(validating, { ...wide, width })).split('\n');
    expect(Math.max(...lines.map((line) => line.match(/[✓●] /gu)?.length ?? 0))).toBe(columns);
  });

  test('put those to come first where the rows are few', () => {
    const lines = drawn(sessionLines(validating, { ...wide, height: 8 })).split('\n');
    expect(lines[4]).toMatch(/^● run\.routes\.invoke/u);
  });
});
