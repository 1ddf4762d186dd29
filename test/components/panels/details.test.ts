import { describe, expect, test } from 'vitest';
import { detailLines, gcloudOf } from '../../../components/panels/details.ts';
import { permissions } from './cards.ts';
import { drawn, expectToFit, rooms, small, unbroken, wide } from './drawn.ts';
import * as given from './examples.ts';

const view = given.view();
const drifted = given.view({ session: given.after(...given.drifted) });

describe('the details', () => {
  test('of a step give every thing its reason, then the command, at 80 columns', () => {
    expect(drawn(detailLines({ view, step: 'services' }, wide))).toMatchInlineSnapshot(`
      "
      Services (3)
        run.googleapis.com                   Renders run on Cloud Run.
        cloudresourcemanager.googleapis.com  The account asks it which permissions it
                                             holds in the project.
        iam.googleapis.com                   The role, the account and its key are
                                             made through it.

        The same with gcloud:
        gcloud services enable run.googleapis.com --project=acme-video
        gcloud services enable iam.googleapis.com --project=acme-video
      "
    `);
  });

  test('put the reason below the name at 40 columns', () => {
    expect(drawn(detailLines({ view, step: 'services' }, small))).toMatchInlineSnapshot(`
      "
      Services (3)
        run.googleapis.com
          Renders run on Cloud Run.
        cloudresourcemanager.googleapis.com
          The account asks it which
          permissions it holds in the project.
        iam.googleapis.com
          The role, the account and its key
          are made through it.

        The same with gcloud:
        gcloud services enable
          run.googleapis.com
          --project=acme-video
        gcloud services enable
          iam.googleapis.com
          --project=acme-video
      "
    `);
  });

  test.each(rooms)('hold every permission and every command whole, in $width columns', (room) => {
    const lines = detailLines({ view, step: 'all' }, room);
    expectToFit(lines, room);
    for (const { name, why } of permissions) {
      expect(drawn(lines)).toContain(name);
      expect(unbroken(lines)).toContain(why.replaceAll(' ', ''));
    }
    for (const command of gcloudOf({ view, step: 'all' }).split('\n'))
      expect(unbroken(lines)).toContain(command.replaceAll(' ', ''));
  });

  test('leave out a step that has none', () => {
    expect(drawn(detailLines({ view, step: 'all' }, wide))).not.toContain('Project');
    expect(drawn(detailLines({ view, step: 'project' }, wide))).toContain(
      'There is nothing more to tell here.',
    );
  });
});

describe('the commands to copy', () => {
  test('are one a line, and those of one step or of all', () => {
    expect(gcloudOf({ view, step: 'services' })).toBe(
      'gcloud services enable run.googleapis.com --project=acme-video\n' +
        'gcloud services enable iam.googleapis.com --project=acme-video',
    );
    expect(gcloudOf({ view, step: 'all' }).split('\n')).toHaveLength(6);
    expect(gcloudOf({ view, step: 'validate' })).toBe('');
  });

  test('are those of what is asked about, before those of the session', () => {
    const question = given.stepQuestion('role', ...given.lostPermissions.slice(0, 1));
    expect(gcloudOf({ view: { ...drifted, question }, step: 'role' })).toBe(given.lostPermissions[0]?.gcloud);
    expect(gcloudOf({ view: drifted, step: 'role' }).split('\n')).toHaveLength(3);
  });

  test('tell the changes of a plan whole, and where each comes from', () => {
    const question = given.planOf(given.newRole, given.newKey, given.trial);
    const lines = unbroken(detailLines({ view: given.view({ question }), step: 'all' }, small));
    for (const { name, to, source } of [given.newRole, given.newKey])
      for (const text of [name, to, source]) expect(lines).toContain(text?.replaceAll(' ', ''));
  });
});
