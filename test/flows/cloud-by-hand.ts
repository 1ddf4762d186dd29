import * as z from 'zod';

const Policy = z.looseObject({
  etag: z.string(),
  version: z.number().optional(),
  bindings: z
    .array(
      z.looseObject({
        role: z.string(),
        members: z.array(z.string()),
        condition: z.looseObject({ title: z.string(), expression: z.string() }).optional(),
      }),
    )
    .default([]),
});
const Role = z.looseObject({
  includedPermissions: z.array(z.string()).default([]),
  stage: z.string().default('ALPHA'),
  deleted: z.boolean().default(false),
  etag: z.string(),
});
const Account = z.looseObject({
  email: z.string(),
  uniqueId: z.string(),
  disabled: z.boolean().default(false),
});
const Keys = z.object({
  keys: z.array(z.looseObject({ name: z.string(), disabled: z.boolean().default(false) })).default([]),
});
const Named = z.looseObject({ name: z.string() });
const Key = z.looseObject({ name: z.string(), privateKeyData: z.string() });

export type Policy = z.infer<typeof Policy>;
export type CloudByHand = ReturnType<typeof cloudByHand>;

/**
 * The cloud as another client meets it: raw HTTP, one bearer, nothing of ours in between.
 * Names without a slash are those of the profile: the role RemotionSA, the account remotion-sa.
 */
export function cloudByHand(endpoint: string, token: string, project: string) {
  /** One call; @throws Error unless it is answered with 2xx. */
  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${endpoint}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  const roleName = (id: string) => `projects/${project}/roles/${id}`;
  const emailOf = (id: string) => `${id}@${project}.iam.gserviceaccount.com`;
  const account = (id: string) => `v1/projects/${project}/serviceAccounts/${emailOf(id)}`;
  const idOf = (name: string) => name.slice(name.lastIndexOf('/') + 1);

  const policy = async () =>
    Policy.parse(
      await call('POST', `v3/projects/${project}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } }),
    );
  const setPolicy = async (next: object) =>
    Policy.parse(
      await call('POST', `v3/projects/${project}:setIamPolicy`, {
        policy: { ...next, version: 3 },
        updateMask: 'bindings,etag,auditConfigs',
      }),
    );

  return {
    call,
    project,
    roleName: roleName('RemotionSA'),
    email: emailOf('remotion-sa'),
    member: `serviceAccount:${emailOf('remotion-sa')}`,
    policy,
    setPolicy,
    policyOfAccount: async (of: string) =>
      Policy.parse(await call('POST', `v1/projects/${project}/serviceAccounts/${of}:getIamPolicy`, {})),
    /** Reads the policy, changes it, writes it back. */
    changePolicy: async (change: (policy: Policy) => object) => setPolicy(change(await policy())),
    role: async (id = 'RemotionSA') => Role.parse(await call('GET', `v1/${roleName(id)}`)),
    createRole: (roleId: string, role: object) =>
      call('POST', `v1/projects/${project}/roles`, { roleId, role }),
    patchRole: (role: object, mask: string) =>
      call('PATCH', `v1/${roleName('RemotionSA')}?updateMask=${mask}`, role),
    deleteRole: (id = 'RemotionSA') => call('DELETE', `v1/${roleName(id)}`),
    account: async (id = 'remotion-sa') => Account.parse(await call('GET', account(id))),
    createAccount: async (accountId = 'remotion-sa') =>
      Account.parse(await call('POST', `v1/projects/${project}/serviceAccounts`, { accountId })),
    /** Adds a line to the allow policy of the account itself. */
    grantOnAccount: async (binding: object) => {
      const policy = Policy.parse(await call('POST', `${account('remotion-sa')}:getIamPolicy`, {}));
      const bindings = [...policy.bindings, binding];
      await call('POST', `${account('remotion-sa')}:setIamPolicy`, {
        policy: { ...policy, version: 3, bindings },
      });
    },
    renameAccount: (displayName: string) =>
      call('PATCH', account('remotion-sa'), { serviceAccount: { displayName }, updateMask: 'displayName' }),
    disableAccount: () => call('POST', `${account('remotion-sa')}:disable`, {}),
    deleteAccount: () => call('DELETE', account('remotion-sa')),
    /** The IDs of the account's user-managed keys. */
    keys: async (id = 'remotion-sa') =>
      Keys.parse(await call('GET', `${account(id)}/keys?keyTypes=USER_MANAGED`)).keys.map(({ name }) =>
        idOf(name),
      ),
    /** The account's user-managed keys, and whether each is disabled. */
    keyStates: async (id = 'remotion-sa') =>
      Keys.parse(await call('GET', `${account(id)}/keys?keyTypes=USER_MANAGED`)).keys.map(
        ({ name, disabled }) => ({ id: idOf(name), disabled }),
      ),
    /** Makes a key, and gives its ID and the text of its file. */
    createKey: async (id = 'remotion-sa') => {
      const key = Key.parse(await call('POST', `${account(id)}/keys`, {}));
      return { id: idOf(key.name), file: Buffer.from(key.privateKeyData, 'base64').toString() };
    },
    /** Makes a key of the account out of a certificate (PEM), and gives its ID. */
    uploadKey: async (certificate: string) => {
      const publicKeyData = Buffer.from(certificate).toString('base64');
      const key = Named.parse(await call('POST', `${account('remotion-sa')}/keys:upload`, { publicKeyData }));
      return idOf(key.name);
    },
    deleteKey: (key: string) => call('DELETE', `${account('remotion-sa')}/keys/${key}`),
    disableKey: (key: string) => call('POST', `${account('remotion-sa')}/keys/${key}:disable`, {}),
    enableKey: (key: string) => call('POST', `${account('remotion-sa')}/keys/${key}:enable`, {}),
    enableService: (name: string) => call('POST', `v1/projects/${project}/services/${name}:enable`, {}),
    disableService: (name: string) => call('POST', `v1/projects/${project}/services/${name}:disable`, {}),
  };
}
