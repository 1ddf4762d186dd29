import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from '../../src/simulator/certificate.ts';
import { account, cloud, errorOf, names, statusOf } from './iam-cloud.ts';

const EMAIL = 'renderer@sample.iam.gserviceaccount.com';
const KEYS = `projects/sample/serviceAccounts/${EMAIL}/keys`;

async function withAccount(options: Parameters<typeof cloud>[0] = {}) {
  const made = await cloud(options);
  await account(made.owner, 'renderer');
  return made;
}

const decoded = (data: unknown) => Buffer.from(String(data), 'base64').toString();

/** A certificate that a person might have made with openssl. */
function ownCertificate(type: 'rsa' | 'ec' = 'rsa') {
  const validAfter = Date.parse('2026-01-01T00:00:00Z');
  const validBefore = Date.parse('2036-01-01T00:00:00Z');
  const signer = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey =
    type === 'rsa' ? signer.publicKey : generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  return selfSignedCertificate({
    subject: 'mine',
    publicKey,
    privateKey: signer.privateKey,
    validAfter,
    validBefore,
  });
}

test('a created key answers its credentials once, and they fit its public half', async () => {
  const { owner } = await withAccount();
  const made = await owner.post(KEYS, { privateKeyType: 'TYPE_GOOGLE_CREDENTIALS_FILE' });
  expect(made).toMatchObject({
    name: expect.stringMatching(new RegExp(`^${KEYS}/[0-9a-f]{40}$`)) as string,
    privateKeyType: 'TYPE_GOOGLE_CREDENTIALS_FILE',
    validBeforeTime: '9999-12-31T23:59:59Z',
    keyAlgorithm: 'KEY_ALG_RSA_2048',
    keyOrigin: 'GOOGLE_PROVIDED',
    keyType: 'USER_MANAGED',
  });
  const credentials = JSON.parse(decoded(made.privateKeyData)) as Record<string, string>;
  expect(Object.keys(credentials)).toEqual([
    'type',
    'project_id',
    'private_key_id',
    'private_key',
    'client_email',
    'client_id',
    'auth_uri',
    'token_uri',
    'auth_provider_x509_cert_url',
    'client_x509_cert_url',
    'universe_domain',
  ]);
  expect(made.name).toBe(`${KEYS}/${String(credentials.private_key_id)}`);
  const privateKey = createPrivateKey(String(credentials.private_key));
  expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);

  const read = await owner.get(`${String(made.name)}?publicKeyType=TYPE_X509_PEM_FILE`);
  expect(read).not.toHaveProperty('privateKeyData');
  const certificate = new X509Certificate(decoded(read.publicKeyData));
  expect(certificate.checkPrivateKey(privateKey)).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe(`CN=${String(credentials.client_id)}`);
  const raw = await owner.get(`${String(made.name)}?publicKeyType=TYPE_RAW_PUBLIC_KEY`);
  expect(createPublicKey(decoded(raw.publicKeyData)).equals(certificate.publicKey)).toBe(true);
  expect(await owner.get(String(made.name))).not.toHaveProperty('publicKeyData');
});

test('every account has a Google-managed key, which lists leave out when asked', async () => {
  const { owner } = await withAccount();
  const made = await owner.post(KEYS, {});
  expect(names(await owner.get(`${KEYS}?keyTypes=USER_MANAGED`), 'keys')).toEqual([made.name]);
  const all = await owner.get(KEYS);
  expect(names(all, 'keys')).toHaveLength(2);
  const [system] = names(await owner.get(`${KEYS}?keyTypes=SYSTEM_MANAGED`), 'keys');
  const read = await owner.get(`${String(system)}?publicKeyType=TYPE_X509_PEM_FILE`);
  expect(read).toMatchObject({ keyType: 'SYSTEM_MANAGED' });
  expect(new X509Certificate(decoded(read.publicKeyData)).publicKey.asymmetricKeyType).toBe('rsa');
  expect(await statusOf(owner, 'DELETE', String(system))).toBe('INVALID_ARGUMENT');
});

test('the eleventh key is refused in few words', async () => {
  const { owner } = await withAccount();
  const asked = { keyAlgorithm: 'KEY_ALG_RSA_1024' };
  const statuses = await Promise.all(Array.from({ length: 12 }, () => statusOf(owner, 'POST', KEYS, asked)));
  expect(statuses.filter((status) => status === 'OK')).toHaveLength(10);
  expect(await owner.refused('POST', KEYS, {})).toEqual({
    error: { code: 400, message: 'Precondition check failed.', status: 'FAILED_PRECONDITION' },
  });
  const [first] = names(await owner.get(`${KEYS}?keyTypes=USER_MANAGED`), 'keys');
  expect(await owner.delete(String(first))).toEqual({});
  expect(await statusOf(owner, 'POST', KEYS, asked)).toBe('OK');
});

test('a key can be disabled, enabled and deleted, and then is no more', async () => {
  const { owner } = await withAccount();
  const { name } = await owner.post(KEYS, {});
  expect(await owner.post(`${String(name)}:disable`, {})).toEqual({});
  expect(await owner.get(String(name))).toMatchObject({ disabled: true });
  expect(await owner.post(`${String(name)}:enable`, {})).toEqual({});
  expect(await owner.get(String(name))).not.toHaveProperty('disabled');
  expect(await owner.delete(String(name))).toEqual({});
  const id = String(name).split('/').at(-1);
  for (const method of ['GET', 'DELETE']) {
    expect(await errorOf(owner, method, String(name))).toBe(
      `Service account key ${String(id)} does not exist.`,
    );
  }
});

test('a public key can be uploaded in a certificate, once, and keeps its dates', async () => {
  const { owner } = await withAccount();
  const publicKeyData = Buffer.from(ownCertificate()).toString('base64');
  const uploaded = await owner.post(`${KEYS}:upload`, { publicKeyData });
  expect(uploaded).toMatchObject({
    validAfterTime: '2026-01-01T00:00:00Z',
    validBeforeTime: '2036-01-01T00:00:00Z',
    keyOrigin: 'USER_PROVIDED',
    keyType: 'USER_MANAGED',
  });
  const read = await owner.get(`${String(uploaded.name)}?publicKeyType=TYPE_X509_PEM_FILE`);
  expect(read.publicKeyData).toBe(publicKeyData);
  expect(await statusOf(owner, 'POST', `${KEYS}:upload`, { publicKeyData })).toBe('ALREADY_EXISTS');
  for (const wrong of [
    '',
    'bm90IGEgY2VydGlmaWNhdGU=',
    Buffer.from(ownCertificate('ec')).toString('base64'),
  ]) {
    expect(await statusOf(owner, 'POST', `${KEYS}:upload`, { publicKeyData: wrong })).toBe(
      'INVALID_ARGUMENT',
    );
  }
});

test.each(['iam.disableServiceAccountKeyCreation', 'iam.managed.disableServiceAccountKeyCreation'])(
  'where %s is enforced, creating a key is refused and names it',
  async (constraint) => {
    const { owner } = await withAccount({ constraint });
    const text = 'Key creation is not allowed on this service account.';
    expect(await owner.refused('POST', KEYS, {})).toEqual({
      error: {
        code: 400,
        message: text,
        status: 'FAILED_PRECONDITION',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.PreconditionFailure',
            violations: [
              {
                type: `constraints/${constraint}`,
                subject: `projects/sample/serviceAccounts/${EMAIL}?configvalue=${encodeURIComponent(EMAIL)}`,
                description: text,
              },
            ],
          },
        ],
      },
    });
  },
);

test('where uploading keys is forbidden, creating them is not', async () => {
  const { owner } = await withAccount({ constraint: 'iam.disableServiceAccountKeyUpload' });
  const publicKeyData = Buffer.from(ownCertificate()).toString('base64');
  expect(await owner.refused('POST', `${KEYS}:upload`, { publicKeyData })).toMatchObject({
    error: { details: [{ violations: [{ type: 'constraints/iam.disableServiceAccountKeyUpload' }] }] },
  });
  expect(await statusOf(owner, 'POST', KEYS, {})).toBe('OK');
});

test('a key needs the right to make keys, and the account to be there', async () => {
  const { owner, stranger } = await withAccount();
  expect(await errorOf(stranger, 'POST', KEYS, {})).toBe(
    "Permission 'iam.serviceAccountKeys.create' denied on resource (or it may not exist).",
  );
  const missing = KEYS.replace('renderer', 'nobody-here');
  expect(await statusOf(owner, 'POST', missing, {})).toBe('NOT_FOUND');
  expect(await statusOf(owner, 'GET', missing)).toBe('NOT_FOUND');
});
