import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { permissions } from '../../src/commands/permissions.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { ProfileError } from '../../src/profile/profile-error.ts';
import { scratch, small } from '../profile/scratch.ts';

/** Runs the command into memory. */
async function run(profile: string, { json = false, columns }: { json?: boolean; columns?: number } = {}) {
  const chunks: string[] = [];
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  await permissions({ profile, form: json ? 'json' : 'text', out, columns });
  return chunks.join('');
}

const remotion = await loadProfile('remotion-cloudrun');
/** The text without its line breaks, so that what is said can be found wherever it was wrapped. */
const unwrapped = (page: string) => page.replace(/\s+/gu, ' ');

describe('permissions in text', () => {
  test('begins with the title and the link', async () => {
    const [title, link, blank] = (await run('remotion-cloudrun')).split('\n');
    expect(title).toBe('  Remotion Cloud Run');
    expect(link).toBe('  https://www.remotion.dev/docs/cloudrun/permissions');
    expect(blank).toBe('');
  });

  test.each([undefined, 40, 60, 80, 200])(
    'gives each permission its reason and its source (%s columns)',
    async (columns) => {
      const page = unwrapped(await run('remotion-cloudrun', columns === undefined ? {} : { columns }));
      for (const { name, why, source } of remotion.permissions)
        expect(page).toContain(`${name} ${why} (${source === 'remotion' ? 'Remotion' : 'ours'})`);
      for (const { name, why } of remotion.services) expect(page).toContain(`${name} ${why}`);
      expect(page).toContain('alpha: ');
    },
  );

  test('groups by service, in the order of the profile', async () => {
    const page = await run('remotion-cloudrun');
    const groups = page.split('\n\n').map((block) => block.split('\n')[0]?.trim());
    expect(groups.slice(3)).toEqual(['iam', 'run', 'storage', 'logging', 'Services that must be on']);
  });

  test.each([40, 60, 80, 120])(
    'fits into %s columns and leaves nothing at the ends of lines',
    async (columns) => {
      const [title, link, ...lines] = (await run('remotion-cloudrun', { columns })).split('\n');
      expect([title, link]).toHaveLength(2); // the link stays whole whatever the width
      for (const line of lines) {
        expect(line.length, line).toBeLessThanOrEqual(columns);
        expect(line).toBe(line.trimEnd());
      }
    },
  );

  test('aligns the reasons at 80 columns and puts them below the names at 40', async () => {
    const lines = (columns: number) => run('remotion-cloudrun', { columns }).then((page) => page.split('\n'));
    const named = remotion.permissions.map(({ name }) => name);
    const wide = await lines(80);
    const starts = named.map((name) =>
      wide.find((line) => line.includes(name))?.search(/(?<=\S {2,})[A-Z]/u),
    );
    expect(new Set(starts)).toEqual(new Set(['  ! iam.serviceAccounts.actAs  '.length]));
    const narrow = (await lines(40)).map((line) => line.slice(4));
    for (const name of named) expect(narrow).toContain(name);
  });

  test('marks what is dangerous, and says why', async () => {
    const page = await run('remotion-cloudrun', { columns: 200 });
    const marked = page.split('\n').filter((line) => line.startsWith('  ! '));
    expect(marked).toHaveLength(1);
    expect(marked[0]).toContain('iam.serviceAccounts.actAs');
    expect(page).toContain('! Granted on the project, it reaches every service account in it.');
  });

  test('shows a profile of the team’s own, which has no link, by its summary', async () => {
    await using files = await scratch();
    const page = await run(await files.write(small));
    expect(page.split('\n').slice(0, 2)).toEqual(['  Team deploy', '  Deploys what the team builds.']);
    expect(page).not.toContain('stable');
  });
});

describe('permissions as JSON', () => {
  test('is one object a line: every permission, then the result', async () => {
    const text = await run('remotion-cloudrun', { json: true });
    expect(text.endsWith('\n')).toBe(true);
    const events = text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events).toEqual([
      ...remotion.permissions.map((permission) => ({ v: 1, type: 'permission', ...permission })),
      { v: 1, type: 'result', status: 'ready', exitCode: 0, profile: 'remotion-cloudrun', permissions: 15 },
    ]);
  });
});

test('an unknown profile is refused, and nothing is printed', async () => {
  const printed: unknown[] = [];
  const out = new Writable({
    write(chunk: unknown, _, done) {
      printed.push(chunk);
      done();
    },
  });
  await expect(permissions({ profile: 'nobody', form: 'json', out })).rejects.toBeInstanceOf(ProfileError);
  expect(printed).toEqual([]);
});

test('an output that breaks is told to the caller', async () => {
  const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  out.on('error', () => undefined);
  await expect(permissions({ profile: 'remotion-cloudrun', form: 'text', out })).rejects.toThrow('EPIPE');
});
