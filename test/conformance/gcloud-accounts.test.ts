import { expect } from 'vitest';
import { cloudWithGcloud, gcloudTest } from './gcloud.ts';

const EMAIL = 'renderer@sample.iam.gserviceaccount.com';
const ACCOUNT = `projects/sample/serviceAccounts/${EMAIL}`;

gcloudTest(
  'gcloud makes, disables, enables, deletes and undeletes an account, and the API agrees each time',
  async () => {
    const { gcloud, complaint, owner } = await cloudWithGcloud();
    await gcloud(
      'iam',
      'service-accounts',
      'create',
      'renderer',
      '--display-name=Renderer',
      '--description=Renders',
    );
    const made = await owner.get(ACCOUNT);
    expect(made).toMatchObject({ displayName: 'Renderer', description: 'Renders' });
    // gcloud writes `disabled: false` into its list by itself.
    expect(await gcloud('iam', 'service-accounts', 'list')).toEqual([{ ...made, disabled: false }]);
    await gcloud('iam', 'service-accounts', 'disable', EMAIL);
    expect(await owner.get(ACCOUNT)).toMatchObject({ disabled: true });
    await gcloud('iam', 'service-accounts', 'enable', EMAIL);
    expect(await owner.get(ACCOUNT)).toEqual(made);
    await gcloud('iam', 'service-accounts', 'delete', EMAIL);
    expect(await complaint('iam', 'service-accounts', 'describe', EMAIL)).toContain(
      `Account deleted: ${String(made.uniqueId)}`,
    );
    expect(await gcloud('iam', 'service-accounts', 'undelete', String(made.uniqueId))).toEqual({
      restoredAccount: made,
    });
    expect(await owner.get(ACCOUNT)).toEqual(made);
  },
);

gcloudTest('gcloud reads and changes an account that the API made', async () => {
  const { gcloud, complaint, owner } = await cloudWithGcloud();
  const made = await owner.post('projects/sample/serviceAccounts', { accountId: 'renderer' });
  const [described, taken] = await Promise.all([
    gcloud('iam', 'service-accounts', 'describe', EMAIL),
    complaint('iam', 'service-accounts', 'create', 'renderer'),
  ]);
  expect(described).toEqual(made);
  expect(taken).toContain('Service account renderer already exists within project projects/sample.');
  await gcloud('iam', 'service-accounts', 'update', EMAIL, '--display-name=New');
  expect(await owner.get(ACCOUNT)).toEqual({ ...made, displayName: 'New' });
});

gcloudTest('gcloud grants and revokes the use of an account, on the account itself', async () => {
  const { gcloud, owner, stranger } = await cloudWithGcloud();
  await owner.post('projects/sample/serviceAccounts', { accountId: 'renderer' });
  const binding = [EMAIL, '--member=user:stranger@example.com', '--role=roles/iam.serviceAccountUser'];
  const asked = { permissions: ['iam.serviceAccounts.actAs'] };
  await gcloud('iam', 'service-accounts', 'add-iam-policy-binding', ...binding);
  expect(await stranger.post(`${ACCOUNT}:testIamPermissions`, asked)).toEqual(asked);
  await gcloud('iam', 'service-accounts', 'remove-iam-policy-binding', ...binding);
  expect(await stranger.post(`${ACCOUNT}:testIamPermissions`, asked)).toEqual({});
});
