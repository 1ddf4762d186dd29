import { describe, expect, test } from 'vitest';
import { problemLines } from '../../../components/panels/problem.ts';
import { drawn, expectToFit, rooms, small, unbroken, wide } from './drawn.ts';
import * as given from './examples.ts';

const view = given.view();
const conflict = { question: given.problemQuestion(given.conflict, 'Grant'), view };
const forbidden = { question: given.problemQuestion(given.forbidden, 'Key'), view };
const denied = {
  question: { ...given.problemQuestion(given.denied, 'Services'), others: ['Key: no key may be made'] },
  view,
};

describe('a problem', () => {
  test("of Google's side ends with the call that failed", () => {
    expect(drawn(problemLines(conflict, wide))).toMatchInlineSnapshot(`
      "
      Grant · Google's side

      ✗ could not read or change the allow policy of acme-video: someone else kept
        changing it
        There were concurrent policy changes.

      Next    wait a moment, then run this again

      cloudresourcemanager projects.setIamPolicy · 409 ABORTED
      "
    `);
  });

  test('of the person names the next step, at 40 columns', () => {
    expect(drawn(problemLines(forbidden, small))).toMatchInlineSnapshot(`
      "
      Key · Your move

      ! no key may be made for
        remotion-sa@
        acme-video.iam.gserviceaccount.com
        an organisation policy forbids it:
        iam.disableServiceAccountKeyCreation

      Next
        do without a key (impersonation,
        workload identity), or ask an
        administrator of the organisation for
        an exception

      iam projects.serviceAccounts.keys.create
      · 400 FAILED_PRECONDITION
      "
    `);
  });

  test('names the permissions that are missing, and what else stands in the way', () => {
    expect(drawn(problemLines(denied, { ...wide, width: 120 }))).toMatchInlineSnapshot(`
      "
      Services · Your move

      ! viewer@acme.com may not do this in acme-video

      Next    ask an owner of acme-video for a role that allows it
      Missing resourcemanager.projects.setIamPolicy  iam.serviceAccounts.create
              serviceusage.services.enable           iam.serviceAccountKeys.create
              iam.roles.create
      Also    Key: no key may be made
      "
    `);
  });

  test('of ours is called one', () => {
    const question = given.problemQuestion({ ...given.conflict, mover: 'us' }, 'Grant');
    expect(drawn(problemLines({ question, view }, wide))).toContain('Grant · A bug of ours');
  });

  test.each(rooms)('fits into $width columns, with nothing left out', (room) => {
    for (const each of [conflict, forbidden, denied]) {
      const lines = problemLines(each, room);
      expectToFit(lines, room);
      const { what, why = '', next, missing = [] } = each.question.problem;
      for (const text of [what, why, next, ...missing])
        expect(unbroken(lines).replaceAll(/^[!✗x]/gu, '')).toContain(text.replaceAll(' ', ''));
    }
  });
});
