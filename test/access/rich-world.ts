import { generateKeyPairSync } from 'node:crypto';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';

const DAY = 24 * 3600_000;
export const email = 'remotion-sa@acme-video.iam.gserviceaccount.com';
const member = `serviceAccount:${email}`;
/** What must never be taken for markup, wherever it is shown. */
export const hostile = `<img src=x onerror="alert(1)">&amp;\u202e"]]>--> | \`**_# <script>alert(2)</script>`;
const pool = 'projects/764086051850/locations/global/workloadIdentityPools/iamready-github';
export const oldKey = 'ab'.repeat(20);
export const usedKey = 'cd'.repeat(20);

/**
 * The world that ships with the package, with an account in it that much is wrong with: old keys, wide grants of others,
 * people who can use it, conditions that end, and names that try to be markup.
 */
export async function richWorld(): Promise<WorldFile> {
  const world = await readWorldFile(defaultWorldFile());
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const now = Date.now();
  const until = (days: number) =>
    `request.time < timestamp("${new Date(now + days * DAY).toISOString().slice(0, 19)}Z")`;
  const key = (id: string, days: number) => ({
    ...{ id, publicKey: pem, origin: 'GOOGLE_PROVIDED' as const, disabled: false },
    created: now - days * DAY,
  });
  const account = {
    ...{ id: 'remotion-sa', displayName: hostile.slice(0, 90), disabled: false, created: now - 1100 * DAY },
    keys: [
      key(oldKey, 1000),
      { ...key(usedKey, 30), lastAuthenticated: now - 2 * DAY },
      { ...key('ef'.repeat(20), 700), disabled: true },
    ],
    policy: {
      auditConfigs: [],
      bindings: [
        {
          role: 'roles/iam.serviceAccountTokenCreator',
          members: ['user:vera@acme.com', 'group:everyone@acme.com'],
        },
        {
          role: 'roles/iam.workloadIdentityUser',
          members: [`principalSet://iam.googleapis.com/${pool}/attribute.repository/acme/video`],
        },
        {
          role: 'roles/iam.serviceAccountUser',
          members: ['user:mallory@elsewhere.example'],
          condition: { title: hostile.slice(0, 60), expression: until(10), description: hostile },
        },
      ],
    },
  };
  const projects = world.projects.map((project) =>
    project.id !== world.project
      ? project
      : {
          ...project,
          serviceAccounts: [...project.serviceAccounts, account],
          services: [
            ...project.services,
            ...['iam.googleapis.com', 'run.googleapis.com', 'policyanalyzer.googleapis.com'],
          ],
          buckets: [{ name: 'acme-video-renders', location: 'EU' }],
          runServices: [
            {
              ...{ id: 'render', location: 'europe-west1', serviceAccount: email },
              ...{ image: 'gcr.io/acme/render', labels: {}, created: 0 },
            },
          ],
          workloadIdentityPools: [
            {
              ...{ id: 'iamready-github', disabled: false },
              providers: [
                {
                  ...{ id: 'gh-acme-video', disabled: false, allowedAudiences: [] },
                  issuerUri: 'https://token.actions.githubusercontent.com',
                  attributeMapping: {
                    'google.subject': 'assertion.sub',
                    'attribute.repository': 'assertion.repository',
                  },
                  attributeCondition: `assertion.repository == "acme/video"`,
                },
              ],
            },
          ],
          policy: {
            auditConfigs: [],
            ...project.policy,
            bindings: [
              ...(project.policy?.bindings ?? []),
              { role: 'roles/editor', members: [member] },
              {
                role: 'roles/iam.serviceAccountAdmin',
                members: ['serviceAccount:ci@acme-site.iam.gserviceaccount.com'],
              },
              { role: 'roles/iam.serviceAccountTokenCreator', members: ['group:platform@acme.com'] },
              {
                role: 'roles/storage.admin',
                members: [member],
                condition: { title: 'For now', expression: until(20) },
              },
              {
                role: 'roles/logging.viewer',
                members: [member],
                condition: { title: 'Long gone', expression: until(-5) },
              },
            ],
          },
        },
  );
  return { ...world, projects };
}
