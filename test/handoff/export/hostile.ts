import fc from 'fast-check';
import { Handover } from '../../../src/handoff/export/handover.ts';

/** Text that would do something, were it not taken for text. */
export const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        "'",
        '"',
        '`',
        '$(touch pwned)',
        '`touch pwned`',
        '${HOME}',
        '%{if true}',
        '$$',
        '%%',
        '\\',
        ' \\\n',
      ],
      ...[
        "';touch pwned;'",
        '\n',
        '\r\n',
        '\t',
        '#',
        '^',
        ',',
        ';',
        '|',
        '~',
        '@',
        '%',
        '--',
        '---\n',
        ': ',
        '- ',
      ],
      ...['é', '😀', '\u2028', '\u0007', '§', '¨', 'a', ' ', '=', '{{', '}}', '&', '*', '!', '\n# '],
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((parts) => `t${parts.join('')}`);

const email = 'team-reports@acme-video.iam.gserviceaccount.com';
const member = `serviceAccount:${email}`;
const other = 'builder@acme-tools.iam.gserviceaccount.com';

/** The kinds of access, each as an answer gives it. */
export const accesses: Handover['access'][] = [
  { kind: 'key', file: "/home/o'neil/keys/it's.json" },
  { kind: 'key', file: '/home/ada/keys/x.json', belowKeys: 'acme-video/team-reports.json' },
  { kind: 'impersonation', member: 'user:ada@acme.com', role: 'roles/x', file: '/home/ada/x.json' },
  { kind: 'attached', region: 'europe-west1', service: 'render' },
  {
    kind: 'github',
    repository: 'acme/video',
    pool: { id: 'iamready-github', displayName: 'GitHub', description: 'It' },
    provider: {
      id: 'gh-acme-video',
      displayName: 'GitHub',
      description: 'It',
      issuerUri: 'https://token.actions.githubusercontent.com',
      attributeMapping: { 'google.subject': 'assertion.sub' },
      attributeCondition: "assertion.repository == 'acme/video'",
    },
    role: 'roles/iam.workloadIdentityUser',
  },
];

/** A hand-over that names everything there is, whose texts are these, over and over. */
export function handoverOf(texts: readonly string[], access: Handover['access']): Handover {
  let at = 0;
  const text = () => texts[at++ % texts.length] ?? '';
  const condition = () => ({ title: text(), expression: text(), description: text() });
  const grant = { role: 'roles/a.b', member };
  return Handover.parse({
    v: 1,
    profile: { name: 'team-reports', title: text() },
    project: { id: 'acme-video', number: '764086051850' },
    services: [
      { name: 'run.googleapis.com', why: text() },
      { name: 'iam.googleapis.com', why: text() },
    ],
    role: {
      ...{ id: 'TeamReports', title: text(), description: text(), stage: 'GA' },
      permissions: ['run.services.get', 'run.services.list'].map((name) => ({ name, why: text() })),
      ...{ retitled: true, exact: false, without: [{ name: 'run.jobs.run', why: text() }], refused: [] },
    },
    account: { id: 'team-reports', email, displayName: text(), description: text(), renamed: false },
    grants: [
      {
        ...{ on: { kind: 'project' }, role: 'projects/acme-video/roles/TeamReports', member },
        why: text(),
      },
      { ...grant, on: { kind: 'project' }, why: text(), condition: condition() },
      { ...grant, on: { kind: 'account', whose: 'own', email }, why: text() },
      { ...grant, on: { kind: 'account', whose: 'other', email: other }, why: text() },
      { ...grant, on: { kind: 'bucket', name: 'acme-reports' }, why: text(), condition: condition() },
      { ...grant, on: { kind: 'run-service', region: 'europe-west1', name: 'render' }, why: text() },
      { ...grant, on: { kind: 'organization', id: '583920471652' }, why: text() },
    ],
    access,
    env: { clientEmail: 'TEAM_EMAIL', projectId: 'TEAM_PROJECT', privateKey: 'TEAM_KEY' },
    check: text(),
  });
}
