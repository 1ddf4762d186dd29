import { describe, expect, test } from 'vitest';
import { explain } from '../../src/catalog/explain.ts';
import { freshCatalog } from '../../src/commands/fresh-catalog.ts';

// What the four documents say, counted by hand on their pages, line by line. `explain` has to find every piece of it.
const catalog = await freshCatalog();

const namesFrom = (label: string) =>
  catalog.permissions.filter(({ sources = [] }) => sources.includes(label)).map(({ name }) => name);
const notesFrom = (label: string) => catalog.notes.filter(({ sources }) => sources.includes(label));

/** The only answer to a name. */
function only(word: string) {
  const entries = explain(word, catalog);
  expect(entries, word).toHaveLength(1);
  const [entry] = entries;
  if (!entry) throw new Error(`${word} is not explained`);
  return entry;
}

/** Each is found by its name, says what it is for and what it can do, and cites the document. */
function expectPermissions(names: readonly string[], title: string): void {
  for (const name of names) {
    const { kind, says, facts, sources } = only(name);
    expect(kind).toBe('permission');
    expect(says, name).not.toContain('no description');
    expect(facts.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Service', 'Granted on', 'Custom roles', 'Risk']),
    );
    expect(sources.map((source) => source.title)).toContain(title);
  }
}

function expectNotes(label: string, ids: readonly string[]): void {
  expect(
    notesFrom(label)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...ids].sort());
  for (const { id, says, words } of notesFrom(label)) {
    expect(explain(id, catalog)[0]).toMatchObject({ kind: 'note', name: id, says });
    for (const word of words) {
      const found = explain(word, catalog);
      // A word that is also a name leads to that.
      if (found[0]?.kind === 'note')
        expect(
          found.map(({ name }) => name),
          word,
        ).toContain(id);
    }
  }
}

describe("Cloud Run's page of permissions", () => {
  // Configurations 2; Jobs 9, executions 3 and tasks 2; Locations 2; Routes 3; Services 7; Service revisions 3; View project 1.
  const counts = {
    Configurations: 2,
    'Domain mappings': 0,
    Jobs: 14,
    Locations: 2,
    Routes: 3,
    Services: 7,
    'Service revisions': 3,
    'View project': 1,
  };

  test('has 32 permissions in 8 groups', () => {
    const names = namesFrom('cloud-run-permissions');
    expect(names).toHaveLength(32);
    expectPermissions(names, 'Cloud Run IAM permissions');
    const groups = Map.groupBy(
      catalog.permissions.filter(({ name }) => names.includes(name)),
      ({ group }) => group,
    );
    const ofRun = catalog.services.find(({ prefix }) => prefix === 'run')?.groups ?? [];
    for (const [title, count] of Object.entries(counts)) {
      expect(groups.get(title)?.length ?? 0, title).toBe(count);
      if (title !== 'View project') expect(ofRun.map((group) => group.title)).toContain(title);
    }
  });

  test('has two notes, says which roles it leaves to another page, and contradicts itself once', () => {
    expectNotes('cloud-run-permissions', [
      'run-cancel-executions',
      'run-domain-mappings',
      'run-jobs-run',
      'run-locations-get',
      'run-roles',
    ]);
    for (const name of ['run.jobs.run', 'run.executions.cancel'])
      expect(only(name).notes.join(' ')).toMatch(/16 September 2024/);
    expect(only('run.locations.get').notes.join(' ')).toMatch(/no live role/);
    expect(explain('domain mappings', catalog).map(({ name }) => name)).toContain('run-domain-mappings');
  });

  test('lacks 39 of the live permissions, which are explained all the same', () => {
    const live = catalog.permissions.filter((each) => each.live && each.name.startsWith('run.'));
    const lacking = live.filter(({ sources = [] }) => !sources.includes('cloud-run-permissions'));
    expect(live).toHaveLength(69);
    expect(lacking).toHaveLength(39);
    expectPermissions(
      lacking.map(({ name }) => name),
      'Predefined roles as roles.list answers',
    );
  });
});

describe("Remotion's page", () => {
  test('has 15 permissions, with its reason for 10 and ours for the 5 it leaves empty', () => {
    const uses = catalog.uses.filter(({ profile }) => profile === 'remotion-cloudrun');
    expect(uses).toHaveLength(15);
    expect(uses.filter(({ by }) => by === 'Remotion')).toHaveLength(10);
    expect(uses.filter(({ by }) => by === 'ours')).toHaveLength(5);
    for (const { name, why, by, profile } of uses) {
      const list = only(name).lists.find(({ title }) => title === 'Asked for by profiles');
      const said = list?.items.find((item) => item.name === profile)?.text ?? '';
      expect(said).toContain(`${why} (${by})`);
    }
  });

  test('has four notes', () => {
    expectNotes('remotion-permissions', [
      'remotion-alpha',
      'remotion-reasons',
      'remotion-role',
      'remotion-validation',
    ]);
  });
});

describe('the article on roles and permissions', () => {
  test('names 3 permissions and 4 roles', () => {
    expect(namesFrom('roles-101')).toEqual([
      'iam.serviceAccounts.setIamPolicy',
      'resourcemanager.projects.setIamPolicy',
      'spanner.databases.setIamPolicy',
    ]);
    expectPermissions(namesFrom('roles-101'), 'GCP Roles and Permissions 101');
    const roles = catalog.roles.filter(({ sources = [] }) => sources.includes('roles-101'));
    expect(roles.map(({ name }) => name).sort()).toEqual([
      'roles/cloudsql.admin',
      'roles/editor',
      'roles/owner',
      'roles/viewer',
    ]);
    for (const { name } of roles)
      expect(only(name).facts.find(({ label }) => label === 'Granted on')?.text).toMatch(/project/);
  });

  test('says 13 things about permissions, the three kinds of role, levels, and the least of them', () => {
    expectNotes('roles-101', [
      'basic-roles',
      'basic-roles-advice',
      'basic-roles-default',
      'basic-roles-level',
      'basic-roles-nest',
      'custom-role-limits',
      'custom-roles',
      'least-level',
      'lowest-level',
      'permission-names',
      'permissions',
      'predefined-roles',
      'roles',
    ]);
  });
});

describe("Deployment Manager's page", () => {
  // deployments 7, manifests 2, resources 2, types 1, operations 2, composite types 6 and type providers 6.
  test('names 26 permissions', () => {
    const names = namesFrom('deployment-manager-access');
    expect(names).toHaveLength(26);
    expectPermissions(names, 'Access Control Options, Cloud Deployment Manager');
  });

  test('lists 24 rows for 4 roles, each with a type of resource, and names the 3 basic ones', () => {
    const rows = {
      'roles/deploymentmanager.viewer': 8,
      'roles/deploymentmanager.editor': 5,
      'roles/deploymentmanager.typeViewer': 5,
      'roles/deploymentmanager.typeEditor': 6,
    };
    for (const [name, count] of Object.entries(rows)) {
      const documented = catalog.roles.find((role) => role.name === name)?.documented;
      expect(documented?.permissions, name).toHaveLength(count);
      const list = only(name).lists.find(({ title }) => title.startsWith('As documented'));
      for (const { name: permission, on } of documented?.permissions ?? [])
        expect(list?.items).toContainEqual({ name: permission, text: on });
    }
    for (const name of ['roles/owner', 'roles/editor', 'roles/viewer'])
      expect(only(name).sources.map(({ title }) => title)).toContain(
        'Access Control Options, Cloud Deployment Manager',
      );
  });

  test('has 25 rows of methods under 24 names, each with its permission and its roles', () => {
    expect(catalog.methods).toHaveLength(25);
    expect(new Set(catalog.methods.map(({ method }) => method)).size).toBe(24);
    // 8 rows of deployments, 2 of manifests, 2 of resources, 1 of types, 6 of composite types, 6 of type providers.
    const resources = Map.groupBy(catalog.methods, ({ method }) => method.split('.')[0]);
    expect([...resources.values()].map((rows) => rows.length)).toEqual([8, 2, 2, 1, 6, 6]);
    // Counted on the page, row by row.
    expect(catalog.methods.map(({ roles }) => roles.length)).toEqual([
      3, 3, 5, 3, 5, 3, 3, 3, 5, 5, 5, 5, 7, 4, 7, 4, 7, 4, 4, 4, 7, 4, 7, 4, 6,
    ]);
    for (const { method, permission, roles, row } of catalog.methods) {
      const { kind, facts, lists } = only(method);
      expect(kind).toBe('method');
      expect(facts).toContainEqual({ label: `Row ${row}`, text: `needs ${permission}` });
      const listed = lists.map(({ items }) => items.map(({ name }) => name));
      expect(listed).toContainEqual(roles);
    }
  });

  test('says eight things besides', () => {
    expectNotes('deployment-manager-access', [
      'basic-roles',
      'basic-roles-advice',
      'basic-roles-default',
      'deployment-manager-users',
      'google-apis-service-agent',
      'methods-need-permissions',
      'project-creator',
      'two-kinds',
    ]);
    expect(explain('123456789@cloudservices.gserviceaccount.com', catalog).map(({ name }) => name)).toContain(
      'google-apis-service-agent',
    );
  });
});
