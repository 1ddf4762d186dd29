import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { selfSignedCertificate } from '../../src/simulator/certificate.ts';
import { account, names } from '../simulator/iam-cloud.ts';
import { cloudWithGcloud, gcloudTest } from './gcloud.ts';

const KEYS = 'projects/sample/serviceAccounts/renderer@sample.iam.gserviceaccount.com/keys';
const keys = (...args: string[]) => ['iam', 'service-accounts', 'keys', ...args];

gcloudTest('gcloud makes a key, and signs in with it until the key is deleted', async () => {
  const { gcloud, run, owner, folder } = await cloudWithGcloud();
  const email = await account(owner, 'renderer');
  const file = join(folder, 'key.json');
  await gcloud(...keys('create', file, `--iam-account=${email}`));
  const { private_key_id: id } = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  expect(names(await owner.get(`${KEYS}?keyTypes=USER_MANAGED`), 'keys')).toEqual([`${KEYS}/${String(id)}`]);

  const signIn = ['auth', 'activate-service-account', `--key-file=${file}`];
  expect(await run(signIn, true)).toMatchObject({ exitCode: 0, stdout: '' });
  const refused = await run(['iam', 'service-accounts', 'list'], true);
  expect(refused.stderr).toContain(
    "Permission 'iam.serviceAccounts.list' denied on resource (or it may not exist).",
  );

  await gcloud(...keys('delete', String(id), `--iam-account=${email}`));
  expect((await run(signIn, true)).stderr).toContain('invalid_grant: Invalid JWT Signature.');
});

gcloudTest('gcloud lists, disables and enables a key that the API made', async () => {
  const { gcloud, owner } = await cloudWithGcloud();
  const email = await account(owner, 'renderer');
  const made = await owner.post(KEYS, {});
  const id = String(String(made.name).split('/').at(-1));
  const [all, ours] = await Promise.all([
    gcloud(...keys('list', `--iam-account=${email}`)),
    gcloud(...keys('list', `--iam-account=${email}`, '--managed-by=user')),
  ]);
  expect(all).toHaveLength(2);
  expect(ours).toEqual([await owner.get(String(made.name))]);
  await gcloud(...keys('disable', id, `--iam-account=${email}`));
  expect(await owner.get(String(made.name))).toMatchObject({ disabled: true });
  await gcloud(...keys('enable', id, `--iam-account=${email}`));
  expect(await owner.get(String(made.name))).not.toHaveProperty('disabled');
});

gcloudTest('gcloud uploads a public key', async () => {
  const { gcloud, owner, folder } = await cloudWithGcloud();
  const email = await account(owner, 'renderer');
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dates = {
    validAfter: Date.parse('2026-01-01T00:00:00Z'),
    validBefore: Date.parse('2036-01-01T00:00:00Z'),
  };
  const file = join(folder, 'public.pem');
  await writeFile(file, selfSignedCertificate({ subject: 'mine', ...pair, ...dates }));
  const uploaded = await gcloud(...keys('upload', file, `--iam-account=${email}`));
  expect(uploaded).toMatchObject({ keyOrigin: 'USER_PROVIDED', validBeforeTime: '2036-01-01T00:00:00Z' });
  expect(names(await owner.get(`${KEYS}?keyTypes=USER_MANAGED`), 'keys')).toEqual([
    (uploaded as { name: string }).name,
  ]);
});
