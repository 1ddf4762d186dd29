import { worldWhere } from './worlds.ts';

/** A profile that grants on everything that one may grant on, also to people, and under a condition. */
export const teamProfile = `name: team-reports
title: Team reports
summary: Writes reports and calls the renderer.
services:
  - {name: run.googleapis.com, why: It runs there.}
  - {name: cloudresourcemanager.googleapis.com, why: It is asked.}
  - {name: iam.googleapis.com, why: It makes the account.}
  - {name: storage.googleapis.com, why: Reports go there.}
account: {id: team-reports, displayName: Team reports}
grants:
  - {role: roles/logging.viewer, on: project, why: Read logs.}
  - role: roles/monitoring.viewer
    on: project
    why: Watch it for a while.
    condition: {title: Until 2035, expression: 'request.time < timestamp("2035-01-01T00:00:00Z")'}
  - {role: roles/iam.serviceAccountTokenCreator, on: account, why: Sign links.}
  - {role: roles/browser, on: organization, why: Find projects.}
  - {role: roles/storage.objectAdmin, on: 'bucket/{project}-reports', why: Keep reports.}
  - {role: roles/run.invoker, on: run-service/europe-west1/render, why: Render.}
permissions:
  - {name: logging.logEntries.list, why: Read logs.}
  - {name: iam.serviceAccounts.signBlob, why: Sign links., on: account}
  - {name: resourcemanager.projects.get, why: Find projects., on: organization}
  - {name: storage.objects.create, why: Keep reports., on: 'bucket/{project}-reports'}
  - {name: run.routes.invoke, why: Render., on: run-service/europe-west1/render}
team:
  - {role: roles/run.viewer, members: ['user:vera@acme.com', 'group:platform@acme.com'], why: Look at it.}
`;

/** A project with a bucket and a service, in an organisation that its owner, Olivia, may administer. */
export async function teamWorld() {
  const render = {
    id: 'render',
    location: 'europe-west1',
    image: 'gcr.io/acme/render',
    labels: {},
    created: 0,
  };
  return worldWhere(({ policy }) => ({
    runServices: [render],
    buckets: [{ name: 'acme-video-reports', location: 'EU' }],
    policy: policy && {
      ...policy,
      bindings: [
        ...policy.bindings,
        { role: 'roles/owner', members: ['user:olivia@acme.com'] },
        {
          role: 'roles/run.viewer',
          members: ['serviceAccount:764086051850@cloudservices.gserviceaccount.com'],
        },
      ],
    },
  }));
}
