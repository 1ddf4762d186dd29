import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { countByKind, lint } from '../../src/catalog/lint.ts';
import { listProfiles } from '../../src/profile/load.ts';
import { usesOf } from '../../src/commands/profile-uses.ts';
import { catalogFolder } from '../../src/profile/catalog-folder.ts';
import { loadCatalog } from '../../src/simulator/catalog.ts';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { pick } from '../../src/catalog/ranges.ts';

const uses = (await listProfiles()).flatMap(usesOf);
const linted = await lint(catalogFolder(), uses);
const of = (kind: string) => linted.known.filter((each) => each.kind === kind).map((each) => each.of);

const temporary = await mkdtemp(path.join(tmpdir(), 'iamready-lint-'));
afterAll(() => rm(temporary, { recursive: true }));
let copies = 0;

/** What lint finds in the catalog once a text of one file was replaced by another. */
async function edited(file: string, from: string | RegExp, to: string) {
  const folder = path.join(temporary, String((copies += 1)));
  await cp(catalogFolder(), folder, { recursive: true });
  const text = await readFile(path.join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed, `${file} has nothing like ${String(from)}`).not.toBe(text);
  await writeFile(path.join(folder, file), changed);
  return (await lint(folder, uses)).open.map(({ kind, of: what }) => `${kind}: ${what}`);
}

test('the catalog is in order: whatever its sources contradict is known, with a reason', () => {
  expect(linted.open).toEqual([]);
  for (const { why, says, where } of linted.known) {
    expect(why).not.toBe('');
    expect(says).not.toBe('');
    expect(where).not.toEqual([]);
  }
});

describe('what the sources contradict is computed', () => {
  test('so many of each kind, which were counted by hand', () => {
    expect(Object.fromEntries(countByKind(linted.known).map(({ kind, count }) => [kind, count]))).toEqual({
      // deployments.list 2; composite types: delete 1, get 2, insert 1, list 2, patch 2, "list" for update 1;
      // type providers: delete 1, get 2, insert 1, list 2, patch 2, update 2.
      'role-lacks': 21,
      // Each of the two patch rows names 4 roles; typeProviders.update names a viewer of types and the basic viewer.
      'role-lacks-live': 10,
      'method-twice': 1,
      'other-action': 1,
      'in-no-list': 3,
      'no-role-holds': 3,
      'not-live': 3,
      // 39 of Cloud Run, 8 of Deployment Manager.
      'not-documented': 47,
      'role-not-documented': 1,
      'list-differs': 4,
      'notes-disagree': 2,
    });
  });

  test('and by name', () => {
    expect(of('method-twice')).toEqual(['compositeTypes.list']);
    expect(of('no-role-holds')).toEqual([
      'deploymentmanager.compositeTypes.patch',
      'deploymentmanager.typeProviders.patch',
      'run.locations.get',
    ]);
    expect(of('in-no-list')).toContain('deploymentmanager.deployments.list');
    expect(of('role-not-documented')).toEqual(['roles/deploymentmanager.admin']);
    expect(of('role-lacks-live')).toContain(
      'typeProviders.update (row 25) roles/deploymentmanager.typeViewer',
    );
    expect(of('not-documented')).toContain('run.executions.cancel');
  });
});

describe('lint finds', () => {
  test.each([
    [
      'an acknowledgement that matches nothing any more',
      'methods/deploymentmanager.yaml',
      /(row: 19\n {4}method: )compositeTypes\.list/,
      '$1compositeTypes.update',
      expect.arrayContaining(['idle-acknowledgement: method-twice: compositeTypes.list']),
    ],
    [
      'a contradiction that nobody has acknowledged',
      'methods/deploymentmanager.yaml',
      'permission: deploymentmanager.manifests.list',
      'permission: deploymentmanager.types.create',
      expect.arrayContaining([
        'role-lacks-live: manifests.list (row 10) roles/viewer',
        'other-action: manifests.list (row 10)',
      ]),
    ],
    [
      'a typing error in a permission',
      'methods/deploymentmanager.yaml',
      'permission: deploymentmanager.manifests.list',
      'permission: deploymentmanager.manifest.list',
      expect.arrayContaining(['unknown-permission: deploymentmanager.manifest.list']),
    ],
    [
      'a source that is not there, and one that nothing names',
      'sources.yaml',
      'deployment-manager-end:',
      'deployment-manager-over:',
      ['unknown-source: deployment-manager-end', 'unused-source: deployment-manager-over'],
    ],
    [
      'a permission of a listed service without a description',
      'permissions/run.yaml',
      'prompts: get\n',
      'prompts: get list\n',
      ['no-description: run.prompts.list'],
    ],
    [
      'a pattern that means nothing',
      'permissions/run.yaml',
      'alsoOnResource: services.*',
      'alsoOnResource: sevices.* services.*',
      ['idle-pattern: permissions/run.yaml: sevices.*'],
    ],
    [
      'text below what people read, which the embedded cloud would not see',
      'permissions/storage.yaml',
      /$/,
      'exceptions: []\n',
      ['form: permissions/storage.yaml'],
    ],
    [
      'a field that is not known',
      'notes.yaml',
      'words: permission principal',
      'word: permission principal',
      [expect.stringMatching(/^form: catalog\/notes\.yaml is not as it should be: .*word/)],
    ],
    [
      'a file that is no YAML',
      'roles/run.yaml',
      'roles/run.admin:',
      '[roles/run.admin:',
      [expect.stringMatching(/^form: catalog\/roles\/run\.yaml is no YAML/)],
    ],
  ])('%s', async (_, file, from, to, found: unknown) => {
    expect(await edited(file, from, to)).toEqual(found);
  });

  test('a permission of a profile that the catalog does not know, or that has no reason', async () => {
    const use = { profile: 'team', title: 'Team', by: 'ours' };
    const { open } = await lint(catalogFolder(), [
      ...uses,
      { ...use, name: 'run.service.get', why: 'Read it.' },
      { ...use, name: 'run.services.get', why: ' ' },
      { ...use, name: 'roles/logging.viewer', why: 'Look at logs.' },
    ]);
    expect(open.map(({ kind, says }) => `${kind}: ${says}`)).toEqual([
      'unknown-permission: run.service.get is not in catalog/permissions.',
      'no-description: roles/logging.viewer has no description and risk under about.',
      'no-reason: The profile team asks for run.services.get and says nothing of why.',
    ]);
  });
});

test('what people are told and what the embedded cloud answers is read from the same files to the same end', async () => {
  const [told, answered] = await Promise.all([readCatalog(catalogFolder(), []), loadCatalog()]);
  expect(told.liveNames).toEqual([...answered.permissions.keys()].sort());
  for (const {
    name,
    customRole = 'SUPPORTED',
    levels = ['organization', 'folder', 'project'],
  } of told.permissions) {
    const facts = answered.permissions.get(name);
    if (facts)
      expect({ customRole, levels }, name).toEqual({ customRole: facts.customRole, levels: facts.levels });
  }
  expect(told.roles.map(({ name }) => name).sort()).toEqual([...answered.roles.keys()].sort());
  for (const { name, ranges, lowest, highest } of told.roles) {
    const role = answered.roles.get(name);
    expect([...(role?.permissions ?? [])].sort(), name).toEqual(pick(told.liveNames, ranges));
    expect([role?.lowest, role?.highest], name).toEqual([lowest, highest]);
  }
});
