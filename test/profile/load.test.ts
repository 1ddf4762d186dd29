import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadProfile } from '../../src/profile/load.ts';
import { ProfileError } from '../../src/profile/profile-error.ts';
import { anyProfile } from './any-profile.ts';
import { refusal, scratch, small } from './scratch.ts';

describe('a name', () => {
  test('that no profile has is refused with the known names', async () => {
    const error = await refusal('terraform');
    expect(error).toMatchObject({ kind: 'unknown', found: '"terraform"' });
    expect(error.message).toMatch(/known: cloud-run-deployer, .*, remotion-cloudrun$/u);
    expect(error.remedy).toMatch(/^Choose one of cloud-run-deployer, .*, remotion-cloudrun\.$/u);
  });

  test.each(['remotion', 'remotion-cloudrum', 'Remotion-Cloudrun', 'remotion-cloud-run'])(
    'that is nearly right (%s) is answered with the one that was meant',
    async (name) => {
      expect((await refusal(name)).remedy).toBe('Write "remotion-cloudrun" if that was meant.');
    },
  );

  test('with a slash that names no YAML file is never opened', async () => {
    const error = await refusal('../../etc/passwd');
    expect(error).toMatchObject({ kind: 'unreadable', file: '../../etc/passwd' });
    expect(error.message).toContain('it was not read');
  });

  test('of any hostile form is refused in one clean line, and nothing outside is read', async () => {
    const piece = fc.constantFrom(
      '..',
      '/',
      '\\',
      '.',
      '\0',
      '\n',
      '\u001b[2J',
      'passwd',
      '%2e',
      '__proto__',
      '~',
      'é',
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    await fc.assert(
      fc.asyncProperty(
        hostile.filter((name) => !/\.ya?ml$/iu.test(name)),
        async (name) => {
          const error = await refusal(name);
          expect(error.kind).toBe(/[/\\]/u.test(name) ? 'unreadable' : 'unknown');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a path', () => {
  test('is read wherever it is, in either spelling of the ending', async () => {
    await using files = await scratch();
    expect((await loadProfile(await files.write(small, 'a.yaml'))).name).toBe('team-deploy');
    expect((await loadProfile(await files.write(`\uFEFF${small}`, 'b.YML'))).name).toBe('team-deploy');
    expect((await loadProfile(await files.write(small.replaceAll('\n', '\r\n'), 'c.yml'))).role?.id).toBe(
      'TeamDeploy',
    );
  });

  test('of any hostile form is refused in one clean line', async () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 300 }).map((name) => `/nonexistent/${name}.yaml`);
    await fc.assert(
      fc.asyncProperty(hostile, async (file) => {
        expect((await refusal(file)).kind).toBe('unreadable');
      }),
    );
  });

  test('that leads nowhere is refused', async () => {
    await using files = await scratch();
    expect(await refusal(path.join(files.folder, 'no.yaml'))).toMatchObject({
      kind: 'unreadable',
      found: 'not there',
    });
  });

  test('that leads to a folder, a device, a pipe or itself is refused without waiting', async () => {
    await using files = await scratch();
    const at = (name: string) => path.join(files.folder, name);
    await mkdir(at('folder.yaml'));
    await symlink('/dev/zero', at('device.yaml'));
    execFileSync('mkfifo', [at('pipe.yaml')]);
    await symlink(at('loop.yaml'), at('loop.yaml'));
    expect((await refusal(at('folder.yaml'))).found).toBe('a folder');
    expect((await refusal(at('device.yaml'))).found).toBe('not a regular file');
    expect((await refusal(at('pipe.yaml'))).found).toBe('not a regular file');
    expect((await refusal(at('loop.yaml'))).found).toBe('a link that leads to itself');
  });

  test('that leads to more than 1 MB is refused, to exactly 1 MB is not', async () => {
    await using files = await scratch();
    const filled = (bytes: number) => small + '#\n'.repeat(bytes).slice(0, bytes - small.length);
    expect((await loadProfile(await files.write(filled(1_048_576)))).name).toBe('team-deploy');
    expect((await refusal(await files.write(filled(1_048_577)))).found).toBe('larger than 1 MB');
  });

  test('that leads to text in another encoding is refused with the line', async () => {
    await using files = await scratch();
    const latin1 = await files.write(
      Buffer.from(small.replace('what the team', 'ce que l’équipe'), 'latin1'),
    );
    expect(await refusal(latin1)).toMatchObject({
      found: 'not UTF-8 text',
      line: 3,
      remedy: 'Save it as UTF-8.',
    });
  });
});

describe('a profile', () => {
  test('that is valid comes back as it was written', async () => {
    await using files = await scratch();
    await fc.assert(
      fc.asyncProperty(anyProfile, async (profile) => {
        const file = await files.write(stringify(profile, { lineWidth: 80 }));
        expect(await loadProfile(file)).toEqual(profile);
      }),
      { numRuns: 60 },
    );
  });

  test('may leave out what has a usual value', async () => {
    await using files = await scratch();
    const profile = await loadProfile(await files.write(small));
    expect(profile).toMatchObject({ status: { stage: 'stable' }, sources: {}, next: [], env: {} });
    expect(profile.role?.stage).toBe('GA');
    expect(profile.permissions.map(({ source }) => source)).toEqual(['ours', 'ours']);
  });

  test('that is any bytes at all is loaded or refused, and never anything else', async () => {
    await using files = await scratch();
    const line = fc.constantFrom(
      'name: a',
      'role:',
      '  id: [',
      '- *a',
      '&a',
      '? ',
      '"',
      "'",
      '\t',
      '---',
      '{',
      '!!x',
      '<<: *a',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(line, { maxLength: 12 }).map((lines) => Buffer.from(lines.join('\n'))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        expect(await refusal(await files.write(content))).toBeInstanceOf(ProfileError);
      }),
      { numRuns: 300 },
    );
  });
});
