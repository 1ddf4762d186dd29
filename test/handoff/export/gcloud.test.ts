import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { gcloudScript } from '../../../src/handoff/export/gcloud.ts';
import type { Handover } from '../../../src/handoff/export/handover.ts';
import { accesses, handoverOf, hostile } from './hostile.ts';

/** In place of gcloud, in the same shell: tells its words on descriptor 3. Nothing is there; all that is wanted is taken. */
const recorder = `gcloud() {
  printf '%s\\0' "$@" >&3
  printf '\\n\\0' >&3
  case "$*" in
    *list-testable*) printf '%s\\n' "$wanted" ;;
    *keys*create*) : >"$5" ;;
    'projects describe'*) echo 764086051850 ;;
    *get-ancestors*) echo organization,583920471652 ;;
    *' describe '*) return 1 ;;
  esac
}
`;

const shells = ['dash', 'bash'].filter((shell) => spawnSync(shell, ['-c', ':']).status === 0);

/** Every command that a script runs, and what it left in the folder that it ran in. */
async function ranIn(shell: string, script: string, before = recorder) {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-script-'));
  try {
    const { status, stderr, output } = spawnSync(shell, [], {
      input: before + script,
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const commands: string[][] = [[]];
    for (const word of (output[3] ?? '').split('\0').slice(0, -1))
      if (word === '\n') commands.push([]);
      else commands.at(-1)?.push(word);
    return { commands: commands.slice(0, -1), left: await readdir(folder), stderr };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const valueOf = (words: readonly string[] | undefined, flag: string) =>
  words?.find((word) => word.startsWith(`--${flag}=`))?.slice(flag.length + 3);

/** What gcloud makes of a condition's fields (gcloud topic escaping). */
function fieldsOf(text: string): Record<string, string> {
  const [, mark = ',', rest = text] = /^\^([^^]+)\^([^]*)$/u.exec(text) ?? [];
  return Object.fromEntries(
    rest
      .split(mark)
      .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]),
  );
}

test('whatever stands in names, reasons and conditions, the script says just that to gcloud and does nothing else', async () => {
  const kept = accesses.filter(({ kind }) => kind === 'key');
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostile, { minLength: 5, maxLength: 7 }),
      fc.constantFrom(...accesses.filter((access) => access !== kept[0])),
      fc.constantFrom(...shells),
      async (texts, access, shell) => {
        const handover = handoverOf(texts, access);
        const { commands, left } = await ranIn(shell, gcloudScript(handover));
        expect(left).toEqual(access.kind === 'key' ? ['.config'] : []);
        const called = (...words: string[]) =>
          commands.filter((command) => words.every((word) => command.includes(word)));
        const [role] = called('roles', 'create');
        expect(valueOf(role, 'title')).toBe(handover.role?.title);
        expect(valueOf(role, 'description')).toBe(handover.role?.description);
        expect(valueOf(role, 'permissions')).toBe('run.services.get,run.services.list');
        const [account] = called('service-accounts', 'create', 'team-reports');
        expect(valueOf(account, 'display-name')).toBe(handover.account.displayName);
        const adding = called('add-iam-policy-binding');
        expect(adding.length).toBe(7 + (access.kind === 'github' || access.kind === 'impersonation' ? 1 : 0));
        handover.grants.forEach(({ role: granted, condition }, at) => {
          expect(valueOf(adding[at], 'role')).toBe(granted);
          const said = valueOf(adding[at], 'condition') ?? '';
          if (condition === undefined) expect(said).toBe('None');
          else expect(fieldsOf(said)).toEqual(condition);
        });
      },
    ),
    { numRuns: 20 },
  );
});

test('where all of it is there, it only reads', async () => {
  for (const access of accesses.filter(({ kind }) => kind !== 'key')) {
    const handover = handoverOf(['until $(x)'], access);
    const member = 'principalSet://iam.googleapis.com/projects/764086051850/locations/global/';
    const lines = [
      ...handover.grants.map((grant) => [grant.member, grant.role, grant.condition?.expression ?? '']),
      [`${member}workloadIdentityPools/iamready-github/attribute.repository/acme/video`],
    ].map(([who = '', role = 'roles/iam.workloadIdentityUser', expression = '']) => [who, role, expression]);
    if (access.kind === 'impersonation') lines.push([access.member, access.role, '']);
    const policy = lines.map((line) => line.join('\t')).join('\n');
    const there = `gcloud() {
      for each; do printf '%s\\0' "$each"; done >&3
      printf '\\n\\0' >&3
      case "$*" in
        'projects describe'*) echo 764086051850 ;;
        *get-ancestors*) echo organization,583920471652 ;;
        'services list'*) printf '%s\\n' iam.googleapis.com run.googleapis.com other.googleapis.com ;;
        'iam roles describe'*) printf '\\nGA\\nrun.services.list;run.jobs.get;run.services.get\\n' ;;
        *get-iam-policy*) printf '%s\\n' '${policy}' ;;
        *'pools describe'*) echo 'ACTIVE ' ;;
        *'providers describe'*) echo "assertion.repository == 'acme/video'" ;;
        'run services describe'*) echo ${handover.account.email} ;;
      esac
    }
    `;
    const role = handover.role && { ...handover.role, retitled: false };
    const { commands } = await ranIn('sh', there + gcloudScript({ ...handover, role }), '');
    expect(commands.length).toBeGreaterThan(5);
    const reads = /^(?:describe|list|get-iam-policy|get-ancestors)$/u;
    expect(
      commands.filter((words) => !words.some((word) => reads.test(word))),
      access.kind,
    ).toEqual([]);
  }
});

test('a key goes to the place that was chosen, whatever its name', async () => {
  const folder = await mkdtemp(join(tmpdir(), "iamready-it's $HOME "));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const script = gcloudScript(handoverOf(['x'], { kind: 'key', file: join(folder, 'new', '$(x) key.json') }));
  await ranIn('sh', script);
  expect(await readdir(join(folder, 'new'))).toEqual(['$(x) key.json']);
  const again = await ranIn('sh', script);
  expect(again.commands.filter((words) => words.includes('keys'))).toEqual([]);
});

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
if (!hasShellcheck)
  process.stderr.write('shellcheck is not installed here: scripts are not held against it.\n');

test.skipIf(!hasShellcheck)('shellcheck finds nothing in a script of any kind', () => {
  const text = ['it\'s "so" $(x) `y` \\', '# $1'];
  for (const access of accesses) {
    const handover: Handover = handoverOf(text, access);
    const role = handover.role && { ...handover.role, exact: access.kind === 'key', moved: 'a.b.c' };
    const { stdout } = spawnSync('shellcheck', ['-'], {
      input: gcloudScript({ ...handover, role }),
      encoding: 'utf8',
    });
    expect(stdout, access.kind).toBe('');
  }
});
