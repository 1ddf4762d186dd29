import fc from 'fast-check';
import { parse as parseDotenv } from 'dotenv';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { configConnector } from '../../../src/handoff/export/config-connector.ts';
import { envExport } from '../../../src/handoff/export/env.ts';
import { workflowText } from '../../../src/handoff/export/workflow.ts';
import { sourced } from '../readers.ts';
import { accesses, handoverOf, hostile } from './hostile.ts';

const texts = fc.array(hostile, { minLength: 5, maxLength: 7 });
const iam = z.literal('iam.cnrm.cloud.google.com/v1beta1');
const annotated = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u),
  annotations: z.strictObject({ 'cnrm.cloud.google.com/project-id': z.literal('acme-video') }),
});
const named = z.strictObject({ name: z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u) });
const projectRef = z.strictObject({ external: z.literal('projects/acme-video') });
const description = z.string().optional();

/** The fields that Config Connector's reference names for these kinds, as far as they are used. */
const Resource = z.discriminatedUnion('kind', [
  z.strictObject({
    apiVersion: z.literal('serviceusage.cnrm.cloud.google.com/v1beta1'),
    kind: z.literal('Service'),
    metadata: z.looseObject({ name: z.string().endsWith('.googleapis.com') }),
    spec: z.strictObject({ projectRef }),
  }),
  z.strictObject({
    ...{ apiVersion: iam, kind: z.literal('IAMCustomRole'), metadata: annotated },
    spec: z.strictObject({
      ...{ resourceID: z.string(), title: z.string(), description, stage: z.enum(['ALPHA', 'BETA', 'GA']) },
      permissions: z.array(z.string()).min(1),
    }),
  }),
  z.strictObject({
    ...{ apiVersion: iam, kind: z.literal('IAMServiceAccount'), metadata: annotated },
    spec: z.strictObject({ displayName: z.string(), description }),
  }),
  z.strictObject({
    ...{ apiVersion: iam, kind: z.literal('IAMPolicyMember'), metadata: named },
    spec: z.strictObject({
      ...{ member: z.string().includes(':'), role: z.string().includes('roles/') },
      condition: z.strictObject({ title: z.string(), expression: z.string(), description }).optional(),
      resourceRef: z.union([
        z.strictObject({
          kind: z.enum(['Project', 'Organization', 'StorageBucket', 'RunService', 'IAMServiceAccount']),
          external: z.string(),
        }),
        z.strictObject({ kind: z.literal('IAMServiceAccount'), name: z.literal('team-reports') }),
      ]),
    }),
  }),
  z.strictObject({
    ...{ apiVersion: iam, kind: z.literal('IAMWorkloadIdentityPool'), metadata: named },
    spec: z.strictObject({ projectRef, location: z.literal('global'), displayName: z.string(), description }),
  }),
  z.strictObject({
    ...{ apiVersion: iam, kind: z.literal('IAMWorkloadIdentityPoolProvider'), metadata: named },
    spec: z.strictObject({
      ...{ projectRef, location: z.literal('global'), displayName: z.string(), description },
      workloadIdentityPoolRef: z.strictObject({ name: z.literal('iamready-github') }),
      attributeMapping: z.record(z.string(), z.string()),
      attributeCondition: z.string(),
      oidc: z.strictObject({ issuerUri: z.url() }),
    }),
  }),
]);

test('objects of Config Connector read back as meant, each with fields of its kind and a name of its own', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom(...accesses), (some, access) => {
      const handover = handoverOf(some, access);
      const all = parseAllDocuments(configConnector(handover)).map((one) => Resource.parse(one.toJS()));
      expect(new Set(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(all.length);
      const members = all.filter((each) => each.kind === 'IAMPolicyMember');
      handover.grants.forEach(({ role, member, condition }, at) => {
        expect(members[at]?.spec).toMatchObject({ role, member, ...(condition && { condition }) });
      });
      const roles = all.filter((each) => each.kind === 'IAMCustomRole');
      expect(roles.map(({ spec }) => [spec.resourceID, spec.title])).toEqual([
        ['TeamReports', handover.role?.title],
      ]);
    }),
    { numRuns: 25 },
  );
});

test('a workflow reads back as one that gets a token of its own, and checks out before it signs in', () => {
  fc.assert(
    fc.property(texts, (some) => {
      const [access] = accesses.flatMap((each) => (each.kind === 'github' ? [each] : []));
      if (access === undefined) throw new Error('no access for GitHub');
      const handover = handoverOf(some, access);
      const workflow: unknown = parse(workflowText(handover, access, '764086051850'));
      expect(workflow).toMatchObject({
        on: 'workflow_dispatch',
        jobs: {
          'signed-in': {
            permissions: { contents: 'read', 'id-token': 'write' },
            steps: [
              { uses: expect.stringMatching(/^actions\/checkout@/) },
              {
                uses: expect.stringMatching(/^google-github-actions\/auth@/),
                with: {
                  workload_identity_provider:
                    'projects/764086051850/locations/global/workloadIdentityPools/iamready-github/providers/gh-acme-video',
                  service_account: handover.account.email,
                },
              },
              {},
              {},
            ],
          },
        },
      });
    }),
    { numRuns: 10 },
  );
});

test('the lines of an env file say the same to dotenv and a shell, and leave out what holds the key', async () => {
  const made = accesses.map((access) => envExport(handoverOf(['$(x)\n`y`'], access)));
  // A path with a quote in it has a form, too.
  const lines = made.map((each) => (each.kind === 'text' ? each.text : ''));
  const [chosen = '', usual = '', , attached = ''] = lines;
  expect(parseDotenv(chosen)).toEqual({
    GOOGLE_CLOUD_PROJECT: 'acme-video',
    GOOGLE_APPLICATION_CREDENTIALS: "/home/o'neil/keys/it's.json",
    TEAM_EMAIL: 'team-reports@acme-video.iam.gserviceaccount.com',
    TEAM_PROJECT: 'acme-video',
  });
  const names = ['GOOGLE_CLOUD_PROJECT', 'GOOGLE_APPLICATION_CREDENTIALS', 'TEAM_EMAIL', 'TEAM_KEY'];
  const [read] = await sourced('sh', [chosen], names);
  expect(Object.fromEntries(read ?? [])).toEqual(
    Object.fromEntries(Object.entries(parseDotenv(chosen)).filter(([name]) => names.includes(name))),
  );
  expect(usual).toMatch(/^# .*TEAM_KEY\. iamready setup --env=FILE writes it\.$/mu);
  expect(attached).not.toContain('GOOGLE_APPLICATION_CREDENTIALS=');
});
