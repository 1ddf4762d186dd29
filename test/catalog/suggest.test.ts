import { describe, expect, test } from 'vitest';
import { liveOf, type ListedRole, type Testable } from '../../src/catalog/live.ts';
import { suggest } from '../../src/catalog/suggest.ts';
import { freshCatalog } from '../../src/commands/fresh-catalog.ts';

const catalog = await freshCatalog();

describe('the smallest role that covers', () => {
  test('holds all that was asked for, and says what it gives besides', () => {
    const { role, together } = suggest(['run.executions.cancel', 'run.jobs.run'], catalog);
    expect(role).toMatchObject({
      ...{ role: 'roles/run.jobsExecutor', size: 2, extra: [], risks: [], missing: [], lowest: 'resource' },
    });
    expect(together).toEqual([]);
    const more = suggest(['run.jobs.run', 'run.routes.invoke'], catalog).role;
    expect(more).toMatchObject({ role: 'roles/run.invoker', extra: ['run.instances.invoke'] });
    expect(more?.risks.map(({ name }) => name)).toEqual(['run.instances.invoke']);
  });

  test('is none that is for service agents only', () => {
    const roles = [
      { name: 'roles/x.serviceAgent', includedPermissions: ['run.jobs.run'] },
      { name: 'roles/x.user', includedPermissions: ['run.jobs.run', 'run.jobs.get'] },
    ].map((each): ListedRole => ({ ...each, title: '', description: '', stage: 'GA' }));
    const live = liveOf(roles, new Map(), { date: '2026-11-25', from: 'made up' });
    expect(suggest(['run.jobs.run'], catalog, live)).toMatchObject({
      asOf: '2026-11-25',
      role: { role: 'roles/x.user', size: 2 },
    });
  });

  test('gives way to few roles together where there is none, and names what nobody holds', () => {
    const asked = ['run.jobs.run', 'iam.serviceAccounts.getAccessToken', 'run.locations.get'];
    const { role, together, held } = suggest(asked, catalog);
    expect(role).toBeUndefined();
    expect(held).toEqual(['run.locations.get']);
    const missing = together.map((each) => each.missing);
    // Each of the two that are held is missing from fewer roles than there are.
    for (const name of asked.slice(0, 2))
      expect(
        missing.some((names) => !names.includes(name)),
        name,
      ).toBe(true);
  });
});

describe('the custom role beside it', () => {
  test('has what was asked for, but for what Google refuses there, with the reason', () => {
    const { custom } = suggest(
      [
        'run.jobs.run',
        'run.locations.get',
        'orgpolicy.policy.set',
        'resourcemanager.organizations.get',
        'run.jobs.run',
      ],
      catalog,
    );
    expect(custom.permissions).toEqual(['run.jobs.run']);
    expect(custom.refused.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      expect.stringMatching(/^orgpolicy\.policy\.set: Google refuses it in custom roles\. \S/),
      expect.stringMatching(
        /^resourcemanager\.organizations\.get: A project's custom role cannot hold it\. \S/,
      ),
      expect.stringMatching(/^run\.locations\.get: Google does not know it/),
    ]);
  });

  test('goes by what Google answered for a project, where it was asked', () => {
    const refused: Testable = { customRole: 'NOT_SUPPORTED', stage: 'GA' };
    const role = {
      name: 'roles/x',
      title: '',
      description: '',
      stage: 'GA',
      includedPermissions: ['run.jobs.run'],
    };
    const live = liveOf([role], new Map([['run.jobs.run', refused]]), {
      date: '2026-11-25',
      from: 'x',
      project: 'p',
    });
    expect(suggest(['run.jobs.run'], catalog, live).custom).toEqual({
      permissions: [],
      refused: [
        { name: 'run.jobs.run', why: 'Google refuses it in custom roles, as it answered on 2026-11-25.' },
      ],
    });
  });
});
