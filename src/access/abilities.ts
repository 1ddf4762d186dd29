import type { Ability, Place } from './graph.ts';

/** Which permissions let their holder use an account, and how (IAM docs, service account impersonation and keys). */
const byPermission: Readonly<Record<string, Ability>> = {
  'iam.serviceAccounts.getAccessToken': 'tokens',
  'iam.serviceAccounts.getOpenIdToken': 'tokens',
  'iam.serviceAccounts.implicitDelegation': 'tokens',
  'iam.serviceAccounts.signBlob': 'tokens',
  'iam.serviceAccounts.signJwt': 'tokens',
  'iam.serviceAccounts.actAs': 'attach',
  'iam.serviceAccountKeys.create': 'keys',
  'iam.serviceAccounts.setIamPolicy': 'policy',
};

const order: readonly Ability[] = ['tokens', 'attach', 'keys', 'policy'];

/** What of an account a role opens to its holder, where it is granted on the account or on something above it. */
export function abilitiesOf(permissions: readonly string[], on: Place): Ability[] {
  const found = new Set(
    permissions.flatMap((name) => {
      const ability = byPermission[name];
      return ability === undefined ? [] : [ability];
    }),
  );
  // Whoever writes the policy above can give themselves the rest.
  if (on.kind !== 'account' && permissions.includes(`resourcemanager.${on.kind}s.setIamPolicy`))
    found.add('policy');
  return order.filter((each) => found.has(each));
}
