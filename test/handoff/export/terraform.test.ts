import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { hclText } from '../../../src/handoff/export/hcl.ts';
import { nothingStands } from '../../../src/handoff/export/standing.ts';
import { terraformText } from '../../../src/handoff/export/terraform.ts';
import { accesses, handoverOf, hostile } from './hostile.ts';
import { readHcl } from './read-hcl.ts';

const has = spawnSync('terraform', ['version']).status === 0;
if (!has) process.stderr.write('terraform is not installed here: what is written is not held against it.\n');

/** Runs terraform in an empty folder; it looks for nothing on the network. */
function terraform(args: readonly string[], input: string) {
  const folder = mkdtempSync(join(tmpdir(), 'iamready-terraform-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { PATH: process.env.PATH, HOME: folder, CHECKPOINT_DISABLE: '1' };
  return spawnSync('terraform', args, { cwd: folder, env, input, encoding: 'utf8' });
}

/** What a text of quoted templates stands for; `${` and `%{` may only stand for themselves. */
function textOf(quoted = ''): string {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  return quoted
    .slice(1, -1)
    .replace(/\\(u([0-9a-f]{4})|.)|([$%])\3\{/gu, (_whole, mark: string, code?: string, sign?: string) =>
      sign !== undefined
        ? `${sign}{`
        : code !== undefined
          ? String.fromCharCode(parseInt(code, 16))
          : (escapes[mark] ?? mark),
    );
}

const some = ['it\'s "so" ${x} %{ y } $${z} %%{', 'two\nlines \\', '\u0007\u2028\t', '😀 é', '# no comment'];
const everything = {
  ...nothingStands,
  services: ['run.googleapis.com'],
  role: true,
  extra: ['run.jobs.get'],
  account: true,
  grants: [true, true, true, true, true, true, true],
  access: true,
  pool: true,
  provider: true,
};

test('whatever stands in texts, its HCL reads back as just that', () => {
  fc.assert(
    fc.property(
      fc.array(hostile, { minLength: 5, maxLength: 7 }),
      fc.constantFrom(...accesses),
      (texts, access) => {
        const handover = handoverOf(texts, access);
        const blocks = readHcl(terraformText(handover, everything));
        const resource = (type: string, label: string) =>
          blocks.find(({ labels }) => labels[0] === type && labels[1] === label);
        const role = resource('google_project_iam_custom_role', 'role');
        expect(textOf(role?.attributes['title'])).toBe(handover.role?.title);
        expect(textOf(role?.attributes['description'])).toBe(handover.role?.description);
        const account = resource('google_service_account', 'account');
        expect(textOf(account?.attributes['display_name'])).toBe(handover.account.displayName);
        const condition = resource('google_project_iam_member', 'grant_2')?.blocks.find(
          ({ type }) => type === 'condition',
        );
        const { title, expression } = condition?.attributes ?? {};
        expect({ title: textOf(title), expression: textOf(expression) }).toEqual({
          title: handover.grants[1]?.condition?.title,
          expression: handover.grants[1]?.condition?.expression,
        });
        // Every interpolation is one of ours.
        const all = JSON.stringify(blocks).replaceAll(/([$%])\1\{/gu, '-');
        const ours = /^\$\{google_iam_workload_identity_pool\.github\.name\}$/u;
        for (const [found] of all.matchAll(/[$%]\{[^}]*\}?/gu)) expect(found).toMatch(ours);
      },
    ),
    { numRuns: 25 },
  );
});

test('it makes every resource once, single lines of policies only, no key, and imports what stands', () => {
  for (const access of accesses) {
    const text = terraformText(handoverOf(['x'], access), everything);
    const blocks = readHcl(text);
    const resources = blocks.filter(({ type }) => type === 'resource').map(({ labels }) => labels.join('.'));
    expect(new Set(resources).size).toBe(resources.length);
    expect(resources.filter((name) => /_(?:binding|policy|key)\./u.test(name))).toEqual([]);
    const imported = blocks.filter(({ type }) => type === 'import').map(({ attributes }) => attributes['to']);
    expect(imported.toSorted()).toEqual(
      resources.filter((name) => name !== 'google_project_service.iam').toSorted(),
    );
    expect(readHcl(terraformText(handoverOf(['x'], access))).some(({ type }) => type === 'import')).toBe(
      false,
    );
  }
  const github = terraformText(handoverOf(['until'], accesses[4] ?? { kind: 'key', file: '' }), everything);
  const ids = readHcl(github).flatMap(({ type, attributes }) =>
    type === 'import' ? [attributes['id']] : [],
  );
  const own = 'projects/acme-video/serviceAccounts/team-reports@acme-video.iam.gserviceaccount.com';
  const member = 'serviceAccount:team-reports@acme-video.iam.gserviceaccount.com';
  const pool = 'projects/acme-video/locations/global/workloadIdentityPools/iamready-github';
  expect(ids.map((id) => textOf(id))).toEqual([
    'acme-video/run.googleapis.com',
    'projects/acme-video/roles/TeamReports',
    own,
    `acme-video projects/acme-video/roles/TeamReports ${member}`,
    `acme-video roles/a.b ${member} until`,
    `${own} roles/a.b ${member}`,
    `projects/acme-tools/serviceAccounts/builder@acme-tools.iam.gserviceaccount.com roles/a.b ${member}`,
    `b/acme-reports roles/a.b ${member} until`,
    `projects/acme-video/locations/europe-west1/services/render roles/a.b ${member}`,
    `583920471652 roles/a.b ${member}`,
    pool,
    `${pool}/providers/gh-acme-video`,
    `${own} roles/iam.workloadIdentityUser principalSet://iam.googleapis.com/projects/764086051850/locations/global/workloadIdentityPools/iamready-github/attribute.repository/acme/video`,
  ]);
  expect(github).toContain('"run.jobs.get"');
});

test.skipIf(!has)('terraform would format nothing otherwise, and reads each text as it was meant', () => {
  for (const access of accesses) {
    const { status, stdout, stderr } = terraform(
      ['fmt', '-check', '-diff', '-'],
      terraformText(handoverOf(some, access), everything),
    );
    expect([status, stdout], stderr).toEqual([0, '']);
  }
  const texts = [...some, ...fc.sample(hostile, { numRuns: 40, seed: 7 })];
  const list = hclText([{ attribute: 'a', value: { list: texts } }]).replace('a = ', '');
  const { stdout, stderr } = terraform(['console'], `jsonencode(${list.replaceAll(/\n\s*/gu, '')})\n`);
  expect(JSON.parse(JSON.parse(stdout) as string), stderr).toEqual(texts);
});
