import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogFolder } from '../../src/profile/catalog-folder.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { refusal, scratch } from './scratch.ts';

const readme = await readFile(path.join(catalogFolder(), 'README.md'), 'utf8');
const [example = '', grants = ''] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text]) => text);
/** The errors that are quoted there: message and remedy. */
const quoted = [...readme.matchAll(/^ {4}(team\.yaml:.*)\n {4}(.*)$/gmu)].map(([, message, remedy]) => [
  message,
  remedy,
]);

describe('catalog/README.md', () => {
  test('has an example that can be copied as it stands', async () => {
    await using files = await scratch();
    const profile = await loadProfile(await files.write(example));
    expect(profile.name).toBe('team-reports');
    expect(profile.permissions.map(({ source }) => source)).toEqual(['ours', 'vendor', 'ours']);
  });

  test('has an example of grants that can take the place of the permissions above', async () => {
    await using files = await scratch();
    const text = example.replace(/^permissions:\n(?: .*\n|#.*\n)*/mu, '') + grants;
    const profile = await loadProfile(await files.write(text));
    expect(profile.grants.map(({ role, on }) => `${role} on ${on}`)).toEqual([
      'custom on project',
      'roles/storage.objectAdmin on bucket/{project}-reports',
      'roles/logging.viewer on project',
    ]);
    expect(profile.team).toHaveLength(1);
  });

  test.each([
    ['id: TeamReports', 'id: Team-Reports'],
    ['summary:', 'sumary:'],
    ['storage.objects.delete', 'storage.objects.create'],
  ])('quotes the error that comes when "%s" becomes "%s"', async (from, to) => {
    await using files = await scratch();
    expect(example).toContain(from);
    const error = await refusal(await files.write(example.replace(from, to)));
    const message = error.message.replace(files.folder + path.sep, '');
    expect(quoted).toContainEqual([message, error.remedy]);
  });

  test.each(['permissions', 'roles', 'worlds', 'profiles'])('tells of the folder %s', (folder) => {
    expect(readme).toContain(`| \`${folder}/\``);
  });
});
