import { describe, expect, test } from 'vitest';
import { planLines } from '../../../components/panels/plan.ts';
import { drawn, expectToFit, rooms, small, unbroken, wide } from './drawn.ts';
import * as given from './examples.ts';

const { newRole, newAccount, newGrant, newKey, trial, services } = given;
const all = [...services, newRole, newAccount, newGrant, newKey, trial];
const first = { question: given.planOf(...all), view: given.view() };
const repair = {
  question: given.planOf(...given.lostPermissions, given.disabledAccount, newGrant),
  view: given.view({ session: given.after(...given.drifted) }),
};

describe('the plan', () => {
  test('has a row a change and where each comes from, at 80 columns', () => {
    expect(drawn(planLines(first, wide))).toMatchInlineSnapshot(`
      "
      This is everything that will change in acme-video. Nothing has been written.

      + service  run.googleapis.com                               asked by the profile
      + service  iam.googleapis.com                               asked by the profile
      + role     RemotionSA                                       asked by the profile
                 "Remotion API Service Account", 15 permissions
      + account  remotion-sa@acme-video.iam.gserviceaccount.com   asked by the profile
                 "Remotion Service Account"
      + grant    RemotionSA                                       asked by the profile
                 granted to remotion-sa@acme-video.iam.gserviceaccount.com on the
                 project
      + key      ~/.config/iamready/keys/acme-video/remotion-sa.json
                 a new key of remotion-sa@acme-video.iam.gserviceaccount.com, only you
                 can read it
                 you gave --key-file

      Then Validate. Signs in as the account, and asks Google permission by
      permission. It changes nothing.
      Now: not signed in yet: no key

      7 bindings of others stay as they are. About 1 minute; Google may need up to 7.
      "
    `);
  });

  test('has labels above, and tells the usual source once, at 40 columns', () => {
    expect(drawn(planLines(first, small))).toMatchInlineSnapshot(`
      "
      This is everything that will change in
      acme-video. Nothing has been written.

      Where no other source is named: asked by
      the profile.
      + service
        run.googleapis.com
      + service
        iam.googleapis.com
      + role
        RemotionSA
        "Remotion API Service Account", 15
        permissions
      + account
        remotion-sa@
        acme-video.iam.gserviceaccount.com
        "Remotion Service Account"
      + grant
        RemotionSA
        granted to
        remotion-sa@
        acme-video.iam.gserviceaccount.com on
        the project
      + key
        ~/.config/iamready/keys/acme-video/
        remotion-sa.json
        a new key of
        remotion-sa@
        acme-video.iam.gserviceaccount.com,
        only you can read it
        you gave --key-file

      Then Validate. Signs in as the account,
      and asks Google permission by
      permission. It changes nothing.
      Now: not signed in yet: no key

      7 bindings of others stay as they are.
      About 1 minute; Google may need up to 7.
      "
    `);
  });

  test('tells together what is to be mended in one thing', () => {
    expect(drawn(planLines(repair, wide))).toMatchInlineSnapshot(`
      "
      This is everything that will change in acme-video. Nothing has been written.

      ~ role     RemotionSA                                       asked by the profile
                 lacks run.services.delete  Delete services that are no longer needed.
                 lacks run.services.list    Get a list of existing Cloud Run services…
                 lacks run.services.update  Update a Cloud Run service, for example p…
      ~ account  remotion-sa@acme-video.iam.gserviceaccount.com   asked by the profile
                 disabled → enabled
                 a disabled account cannot sign in
      + grant    RemotionSA                                       asked by the profile
                 granted to remotion-sa@acme-video.iam.gserviceaccount.com on the
                 project

      7 bindings of others stay as they are. About 1 minute; Google may need up to 7.
      "
    `);
  });

  test('is a line a change where it would not fit otherwise, and whole at 80×24', () => {
    const notes = [{ tone: 'attention' as const, text: 'actAs: it reaches every account in the project.' }];
    const question = { ...first.question, notes };
    expect(drawn(planLines({ ...first, question }, { ...wide, width: 76, height: 17 })))
      .toMatchInlineSnapshot(`
      "
      This is everything that will change in acme-video. Nothing has been written.

      + service  run.googleapis.com                           asked by the profile
      + service  iam.googleapis.com                           asked by the profile
      + role     RemotionSA, 15 permissions                   asked by the profile
      + account  remotion-sa@acme-video.iam.gserviceaccount.com
      + grant    RemotionSA → remotion-sa, on the project     asked by the profile
      + key      ~/…/remotion-sa.json, only you can read it   you gave --key-file
      Then Validate, which changes nothing.

      ! actAs: it reaches every account in the project.

      7 bindings of others stay as they are. About 1 minute; Google may need up to
      7.
      "
    `);
  });

  test('is a list at 40×20, without sources, and with short names', () => {
    expect(drawn(planLines(first, { ...small, width: 36, height: 13 }).slice(0, 12))).toMatchInlineSnapshot(`
      "
      This is everything that will change
      in acme-video. Nothing has been
      written.

      + service run.googleapis.com
      + service iam.googleapis.com
      + role    RemotionSA, 15 permissions
      + account remotion-sa
      + grant   RemotionSA → remotion-sa
      + key     ~/…/remotion-sa.json
      Then Validate, which changes
      nothing.
      "
    `);
  });

  test('tells in a line how much is to be mended', () => {
    expect(drawn(planLines(repair, { ...wide, width: 76, height: 8 }))).toMatchInlineSnapshot(`
      "
      This is everything that will change in acme-video. Nothing has been written.

      ~ role     RemotionSA  lacks run.services.delete and 2 more
      ~ account  remotion-sa  disabled → enabled              asked by the profile
      + grant    RemotionSA → remotion-sa, on the project     asked by the profile

      7 bindings of others stay as they are. About 1 minute; Google may need up to
      7.
      "
    `);
  });

  test('tells in few columns what becomes of a thing, and how much changes in another', () => {
    const lines = drawn(planLines(repair, { ...small, width: 34, height: 8 }));
    expect(lines).toContain('~ role    RemotionSA, 3 changes');
    expect(lines).toContain('~ account remotion-sa → enabled');
  });

  test('tells in few columns that a key is replaced, and what becomes of the old one', () => {
    const rotation = { ...repair, question: given.planOf(...given.rotated) };
    const rows = (width: number) =>
      drawn(planLines(rotation, { ...small, width, height: 8 }))
        .split('\n')
        .filter((line) => line.startsWith('~'));
    expect(rows(56)).toMatchInlineSnapshot(`
      [
        "~ key  ~/…/remotion-sa.json → a new key",
        "~ key  2aef0693…  in use → disabled; deleted in 24 h",
        "~ env  /home/ada/render/.env → the new key",
      ]
    `);
    expect(rows(36)).toMatchInlineSnapshot(`
      [
        "~ key ~/…/remotion-sa.json → a new…",
        "~ key 2aef0693… → disabled",
        "~ env /home/…/.env → the new key",
      ]
    `);
  });

  test.each(rooms)('fits in short, with every kind and name begun: $width columns', (room) => {
    const lines = planLines(first, { ...room, height: 1 });
    expectToFit(lines, room);
    for (const { sign, what } of all.filter((each) => each.what !== 'validate'))
      expect(drawn(lines)).toMatch(new RegExp(`^[${sign}] ${what} +[Rri~]`, 'm'));
  });

  test.each(rooms)('fits, with every name whole: $width columns', (room) => {
    const lines = planLines(first, room);
    expectToFit(lines, room);
    for (const { name } of all.filter(({ what }) => what !== 'validate'))
      expect(unbroken(lines)).toContain(name);
    expect(unbroken(lines)).toContain('yougave--key-file');
  });

  test('tells what is only tried from what changes, and ends with its notes', () => {
    const question = {
      ...given.planOf(trial),
      foot: [],
      notes: [{ tone: 'attention' as const, text: 'You are on a simulator.' }],
    };
    expect(drawn(planLines({ question, view: given.view() }, wide))).toMatchInlineSnapshot(`
      "
      This is everything that will change in acme-video. Nothing has been written.

      Then Validate. Signs in as the account, and asks Google permission by
      permission. It changes nothing.
      Now: not signed in yet: no key

      ! You are on a simulator.
      "
    `);
  });
});
