import { expect, test } from 'vitest';
import { z } from 'zod';
import { errorOf, startCloud, type TestCloud } from './kernel-cloud.ts';

const GET = 'resourcemanager.projects.get';
const yaml = `
v: 1
operator: ada@acme.com
project: acme-one
users:
${['ada', 'vera', 'sam', 'dora', 'tim'].map((name) => `  - { email: ${name}@acme.com, token: bearer-of-${name} }`).join('\n')}
groups: [{ email: all@acme.com, members: ['user:dora@acme.com'] }]
organizations:
  - id: '100200300'
    domain: acme.com
    policy:
      bindings:
        - { role: roles/iam.denyReviewer, members: ['user:ada@acme.com'] }
        - { role: roles/iam.securityReviewer, members: ['user:ada@acme.com'] }
    denyPolicies:
      - id: no-getting
        displayName: Nobody gets projects
        rules:
          - deniedPrincipals: [principalSet://goog/group/all@acme.com]
            exceptionPrincipals: [principal://goog/subject/ada@acme.com]
            deniedPermissions: [cloudresourcemanager.googleapis.com/projects.get]
projects:
  - id: acme-one
    number: '111122223333'
    parent: organizations/100200300
    roles: [{ id: getter, permissions: [${GET}] }]
    policy:
      bindings:
        - { role: roles/viewer, members: ['group:all@acme.com', 'user:vera@acme.com'] }
        - role: projects/acme-one/roles/getter
          members: ['user:tim@acme.com']
          condition: { title: until, expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' }
`;

const state = z.string();
const Answer = z.looseObject({
  overallAccessState: state,
  allowPolicyExplanation: z.looseObject({
    allowAccessState: state,
    explainedPolicies: z.array(
      z.looseObject({ allowAccessState: state, fullResourceName: z.string().optional() }),
    ),
  }),
  denyPolicyExplanation: z.looseObject({
    denyAccessState: state,
    explainedResources: z.array(z.looseObject({})).default([]),
  }),
});

async function troubleshoot(cloud: TestCloud, token: string, principal: string, more: object = {}) {
  const accessTuple = {
    principal,
    permission: GET,
    fullResourceName: '//cloudresourcemanager.googleapis.com/projects/acme-one',
    ...more,
  };
  const { body } = await cloud.ask(token, 'POST', '/v3/iam:troubleshoot', { accessTuple });
  const answer = Answer.parse(body);
  const { allowPolicyExplanation: allow, denyPolicyExplanation: deny } = answer;
  return { ...answer, states: [answer.overallAccessState, allow.allowAccessState, deny.denyAccessState] };
}

test('who is granted a permission and denied it is told so, with the binding and the rule', async () => {
  const cloud = await startCloud({ yaml });
  const denied = await troubleshoot(cloud, 'bearer-of-ada', 'dora@acme.com');
  expect(denied.states).toEqual(['CANNOT_ACCESS', 'ALLOW_ACCESS_STATE_GRANTED', 'DENY_ACCESS_STATE_DENIED']);
  expect(denied).toMatchObject({
    accessTuple: { permissionFqdn: 'cloudresourcemanager.googleapis.com/projects.get' },
    allowPolicyExplanation: {
      explainedPolicies: [
        {
          fullResourceName: '//cloudresourcemanager.googleapis.com/projects/111122223333',
          bindingExplanations: [
            {
              role: 'projects/acme-one/roles/getter',
              combinedMembership: { membership: 'MEMBERSHIP_NOT_MATCHED' },
            },
            {
              role: 'roles/viewer',
              allowAccessState: 'ALLOW_ACCESS_STATE_GRANTED',
              rolePermission: 'ROLE_PERMISSION_INCLUDED',
              memberships: {
                'group:all@acme.com': { membership: 'MEMBERSHIP_MATCHED' },
                'user:vera@acme.com': { membership: 'MEMBERSHIP_NOT_MATCHED' },
              },
            },
          ],
        },
        { allowAccessState: 'ALLOW_ACCESS_STATE_NOT_GRANTED' },
      ],
    },
    denyPolicyExplanation: {
      explainedResources: [
        {
          fullResourceName: '//cloudresourcemanager.googleapis.com/organizations/100200300',
          explainedPolicies: [
            {
              policy: { displayName: 'Nobody gets projects' },
              ruleExplanations: [
                {
                  denyAccessState: 'DENY_ACCESS_STATE_DENIED',
                  deniedPrincipals: {
                    'principalSet://goog/group/all@acme.com': { membership: 'MEMBERSHIP_MATCHED' },
                  },
                  combinedExceptionPrincipal: { membership: 'MEMBERSHIP_NOT_MATCHED' },
                },
              ],
            },
          ],
        },
      ],
    },
  });
  const granted = await troubleshoot(cloud, 'bearer-of-ada', 'vera@acme.com');
  expect(granted.states[0]).toBe('CAN_ACCESS');
});

test('a condition on time is open until the request tells the time', async () => {
  const cloud = await startCloud({ yaml });
  const at = (receiveTime: string) => ({ conditionContext: { request: { receiveTime } } });
  const states = [];
  for (const more of [{}, at('2029-12-31T00:00:00Z'), at('2030-01-02T00:00:00Z')])
    states.push((await troubleshoot(cloud, 'bearer-of-ada', 'tim@acme.com', more)).overallAccessState);
  expect(states).toEqual(['UNKNOWN_CONDITIONAL', 'CAN_ACCESS', 'CANNOT_ACCESS']);
});

test('what the caller may not read stays unknown, and is not shown', async () => {
  const cloud = await startCloud({ yaml });
  // A viewer of the project reads its policies, not the organisation's.
  const half = await troubleshoot(cloud, 'bearer-of-vera', 'vera@acme.com');
  expect(half.states).toEqual([
    'UNKNOWN_INFO',
    'ALLOW_ACCESS_STATE_GRANTED',
    'DENY_ACCESS_STATE_UNKNOWN_INFO',
  ]);
  const stranger = await troubleshoot(cloud, 'bearer-of-sam', 'dora@acme.com');
  expect(stranger.states[0]).toBe('UNKNOWN_INFO');
  expect(stranger.denyPolicyExplanation.explainedResources).toEqual([
    { denyAccessState: 'DENY_ACCESS_STATE_UNKNOWN_INFO' },
    { denyAccessState: 'DENY_ACCESS_STATE_UNKNOWN_INFO' },
  ]);
  expect(JSON.stringify(stranger)).not.toMatch(/viewer|no-getting|100200300/);
});

test('a permission, principal or resource that is none is refused', async () => {
  const cloud = await startCloud({ yaml });
  const fullResourceName = '//cloudresourcemanager.googleapis.com/projects/acme-one';
  const tuple = { principal: 'ada@acme.com', permission: GET, fullResourceName };
  for (const more of [
    { permission: 'resourcemanager.projects.fly' },
    { principal: 'ada' },
    { fullResourceName: 'projects/acme-one' },
    { colour: 'red' },
  ]) {
    const refused = await cloud.ask(cloud.token, 'POST', '/v3/iam:troubleshoot', {
      accessTuple: { ...tuple, ...more },
    });
    expect(errorOf(refused).status).toBe('INVALID_ARGUMENT');
  }
});
