import { describe, expect, test } from 'vitest';
import { stepLines } from '../../../components/panels/step.ts';
import { drawn, expectToFit, rooms, small, wide } from './drawn.ts';
import * as given from './examples.ts';

const questions = [
  given.stepQuestion('services', ...given.services),
  given.stepQuestion('role', given.newRole),
  given.stepQuestion('account', given.newAccount),
  given.stepQuestion('grant', given.newGrant),
  given.stepQuestion('key', given.newKey),
  given.stepQuestion('validate', given.trial),
];
const role = { question: given.stepQuestion('role', given.newRole), view: given.view() };
const lost = {
  question: given.stepQuestion('role', ...given.lostPermissions),
  view: given.view({ session: given.after(...given.drifted) }),
};

describe('a step before it acts', () => {
  test('says what was found, what it will make and how to undo it, at 80 columns', () => {
    expect(drawn(stepLines(role, wide))).toMatchInlineSnapshot(`
      "
      Custom role
      A named list of exactly what the account may do.

      Found   not seen while the IAM API is off
      Make    + RemotionSA  "Remotion API Service Account", 15 permissions
                asked by the profile
                15 permissions, for example
                  run.services.delete      Delete services that are no longer needed.
                  storage.buckets.get      Make sure that the bucket exists before a
                                           site is uploaded to it.
                  logging.logEntries.list  Used by the CLI to fetch recent logs if the
                                           Cloud Run service crashes, to assist in
                                           debugging the root cause.
      Undo    the role can be deleted; its ID stays taken for 37 days
      "
    `);
  });

  test('has labels above their text at 40 columns', () => {
    expect(drawn(stepLines(role, small))).toMatchInlineSnapshot(`
      "
      Custom role
      A named list of exactly what the account
      may do.

      Found
        not seen while the IAM API is off
      Make
        + RemotionSA
          "Remotion API Service Account", 15
          permissions
          asked by the profile
          15 permissions, for example
            run.services.delete
              Delete services that are no
              longer needed.
            storage.buckets.get
              Make sure that the bucket exists
              before a site is uploaded to it.
            logging.logEntries.list
              Used by the CLI to fetch recent
              logs if the Cloud Run service
              crashes, to assist in debugging
              the root cause.
      Undo
        the role can be deleted; its ID stays
        taken for 37 days
      "
    `);
  });

  test('tells every permission that a role lost with its reason, and what wants attention', () => {
    expect(drawn(stepLines(lost, wide))).toMatchInlineSnapshot(`
      "
      Custom role
      A named list of exactly what the account may do.

      Found   RemotionSA has 12 permissions
      Change  ~ RemotionSA
                lacks run.services.delete  Delete services that are no longer needed.
                lacks run.services.list    Get a list of existing Cloud Run services,
                                           to ensure no unintended overwriting.
                lacks run.services.update  Update a Cloud Run service, for example
                                           providing it with more memory or CPU.
                asked by the profile
      !       also holds pubsub.topics.get: not asked for, left as found
      Undo    the role can be deleted; its ID stays taken for 37 days
      "
    `);
  });

  test('tells a fact once, also where a note repeats it', () => {
    const text = 'also holds pubsub.topics.get: not asked for, left as found';
    const question = { ...lost.question, notes: [{ tone: 'attention' as const, text }] };
    expect(drawn(stepLines({ ...lost, question }, wide)).split(text)).toHaveLength(2);
  });

  test('tells services that are on from those it turns on', () => {
    const question = given.stepQuestion('services', ...given.services);
    expect(drawn(stepLines({ question, view: given.view() }, wide))).toMatchInlineSnapshot(`
      "
      Services
      APIs that must be on in the project. None is ever turned off.

      Found   on: cloudresourcemanager.googleapis.com
              off: run.googleapis.com, iam.googleapis.com
      Turn on + run.googleapis.com  Renders run on Cloud Run.
              + iam.googleapis.com  The role, the account and its key are made through
                                    it.
                asked by the profile
      Undo    they can be turned off again; whatever uses them by then would stop
      "
    `);
  });

  test('says that a thing is not there yet', () => {
    const question = given.stepQuestion('account', given.newAccount);
    expect(drawn(stepLines({ question, view: given.view() }, wide))).toContain(
      `Found   no account ${given.email} yet`,
    );
  });

  test.each(rooms)('fits into $width columns and ends with how to take it back', (room) => {
    for (const question of questions) {
      const lines = stepLines({ question, view: given.view() }, room);
      expectToFit(lines, room);
      expect(drawn(lines)).toContain('Undo');
    }
    expectToFit(stepLines(lost, room), room);
  });
});
