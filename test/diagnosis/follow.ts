import * as z from 'zod';
import type { Patient } from './patient.ts';

const Etagged = z.looseObject({ etag: z.string().optional() });
const Bindings = z.looseObject({
  bindings: z.array(z.looseObject({ role: z.string(), members: z.array(z.string()) })).default([]),
});
const DenyPolicy = z.looseObject({
  rules: z.array(
    z.looseObject({ denyRule: z.looseObject({ exceptionPrincipals: z.array(z.string()).default([]) }) }),
  ),
});
const Boundary = z.looseObject({ details: z.looseObject({ rules: z.array(z.unknown()) }) });
const Role = z.looseObject({ includedPermissions: z.array(z.string()).default([]) });

/** The words of a command as a shell takes them, without what it would expand. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/gu)].map(([word]) => word.replaceAll("'", ''));
}

/**
 * Carries out a remedy's command exactly as it was told: one of ours by running it, one of gcloud's by the call that gcloud
 * makes for it. @throws Error for a command that nobody could carry out
 */
export async function follow(command: string | undefined, at: Patient): Promise<void> {
  const words = wordsOf(command ?? '');
  const flags = new Map(
    words
      .filter((word) => word.startsWith('--'))
      .map((word) => {
        const [name = '', ...value] = word.slice(2).split('=');
        return [name, value.join('=')];
      }),
  );
  const flag = (name: string): string => {
    const value = flags.get(name);
    if (value === undefined) throw new Error(`${command ?? ''} has no --${name}`);
    return value;
  };
  const plain = words.filter((word) => !word.startsWith('--'));
  const { call } = at.cloud;
  const account = (email: string) => `v1/projects/-/serviceAccounts/${email}`;
  const says = (...beginning: string[]): boolean => beginning.every((word, index) => plain[index] === word);

  if (says('iamready', 'repair')) {
    if (flag('project') !== at.project) throw new Error(`another project: ${command ?? ''}`);
    const { exit, result } = await at.repair({ profile: flag('profile') });
    if (exit !== 0) throw new Error(`repair ended in ${exit}: ${JSON.stringify(result)}`);
  } else if (says('gcloud', 'iam', 'service-accounts', 'keys', 'enable'))
    await call('POST', `${account(flag('iam-account'))}/keys/${plain[5] ?? ''}:enable`, {});
  else if (says('gcloud', 'iam', 'service-accounts', 'enable'))
    await call('POST', `${account(plain[4] ?? '')}:enable`, {});
  else if (says('gcloud', 'services', 'enable'))
    await call('POST', `v1/projects/${flag('project')}/services/${plain[3] ?? ''}:enable`, {});
  else if (says('gcloud', 'iam', 'roles', 'undelete'))
    await call('POST', `v1/projects/${flag('project')}/roles/${plain[4] ?? ''}:undelete`, {});
  else if (says('gcloud', 'iam', 'roles', 'update')) {
    const name = `v1/projects/${flag('project')}/roles/${plain[4] ?? ''}`;
    const { includedPermissions } = Role.parse(await call('GET', name));
    const more = flag('add-permissions').split(',');
    const body = { includedPermissions: [...includedPermissions, ...more] };
    await call('PATCH', `${name}?updateMask=includedPermissions`, body);
  } else if (plain[2] === 'add-iam-policy-binding') {
    const resource = `v3/${plain[1] ?? ''}/${plain[3] ?? ''}`;
    const read = await call('POST', `${resource}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } });
    const policy = Bindings.parse(read);
    const binding = { role: flag('role'), members: [flag('member')] };
    await call('POST', `${resource}:setIamPolicy`, {
      policy: { ...policy, version: 3, bindings: [...policy.bindings, binding] },
    });
  } else if (says('gcloud', 'iam', 'policies', 'get')) {
    const name = `v2/policies/${encodeURIComponent(flag('attachment-point'))}/denypolicies/${plain[4] ?? ''}`;
    const { number = '', list = '' } =
      /\.rules\[(?<number>\d+)\]\.denyRule\.exceptionPrincipals \+= (?<list>\[.*?\])/u.exec(command ?? '')
        ?.groups ?? {};
    const policy = DenyPolicy.parse(await call('GET', name));
    policy.rules[Number(number)]?.denyRule.exceptionPrincipals.push(
      ...z.array(z.string()).parse(JSON.parse(list)),
    );
    await call('PUT', name, policy);
  } else if (says('gcloud', 'iam', 'principal-access-boundary-policies', 'update')) {
    const name = `v3/organizations/${flag('organization')}/locations/${flag('location')}/principalAccessBoundaryPolicies/${plain[4] ?? ''}`;
    const { details, ...rest } = Boundary.parse(await call('GET', name));
    const [, effect, resource] = /^effect=(\w+),resources=(.+)$/u.exec(flag('add-details-rules')) ?? [];
    const rules = [...details.rules, { effect, resources: [resource] }];
    await call('PATCH', `${name}?updateMask=details`, {
      ...Etagged.parse(rest),
      details: { ...details, rules },
    });
  } else throw new Error(`nobody here carries out: ${command ?? 'no command'}`);
}
