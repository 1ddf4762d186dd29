import type { PoolProvider, PoolProviderContent, Oidc } from '../google/pool-providers.ts';

/** Who signs the tokens of workflows (GitHub docs, OpenID Connect reference). */
const issuerUri = 'https://token.actions.githubusercontent.com';

/** What is kept of a token: who it is, and whose. Grants name the repository by the second. */
const attributeMapping = {
  'google.subject': 'assertion.sub',
  'attribute.repository': 'assertion.repository',
};

/** What people read of the pool. */
export const poolContent = {
  displayName: 'GitHub Actions',
  description: 'Whom GitHub vouches for; made by iamready',
};

type Content = PoolProviderContent & { oidc: Oidc; attributeCondition: string };

/** The provider that lets in the workflows of one repository, and nobody else whom GitHub vouches for. */
export function providerFor(repository: string): Content {
  return {
    displayName: 'GitHub Actions',
    description: `Workflows of ${repository}, made by iamready`.slice(0, 256),
    oidc: { issuerUri, allowedAudiences: [] },
    attributeMapping,
    attributeCondition: conditionFor(repository),
  };
}

/** In Common Expression Language: the only way in, since everybody on GitHub gets tokens of the same issuer. */
export function conditionFor(repository: string): string {
  return `assertion.repository == '${repository}'`;
}

/** One thing in which a provider is not as it should be. `needed`: without it the workflows cannot sign in, or be told apart. */
export interface Deviation {
  what: string;
  from: string;
  to: string;
  needed: boolean;
  content: PoolProviderContent;
}

/** In what a provider differs from the one for this repository. */
export function deviations(provider: PoolProvider, repository: string): Deviation[] {
  const found: Deviation[] = [];
  const { oidc, attributeMapping: mapping, attributeCondition: condition, name } = provider;
  const issuer = oidc?.issuerUri.replace(/\/$/, '') ?? 'none of OpenID Connect';
  const audiences = oidc?.allowedAudiences ?? [];
  const takesUs = audiences.length === 0 || audiences.includes(`https://iam.googleapis.com/${name}`);
  if (issuer !== issuerUri)
    found.push({ what: 'issuer', from: issuer, to: issuerUri, needed: true, content: { oidc: theOidc() } });
  else if (!takesUs)
    found.push({
      ...{ what: 'audience', from: audiences.join(', '), to: "the provider's own name" },
      ...{ needed: true, content: { oidc: theOidc() } },
    });
  for (const [attribute, wanted] of Object.entries(attributeMapping))
    if (mapping[attribute] !== wanted)
      found.push({
        ...{ what: attribute, from: mapping[attribute] ?? 'not mapped', to: wanted },
        ...{ needed: true, content: { attributeMapping: { ...mapping, ...attributeMapping } } },
      });
  if (condition !== conditionFor(repository))
    found.push({
      ...{ what: 'condition', from: condition || 'none', to: conditionFor(repository), needed: false },
      content: { attributeCondition: conditionFor(repository) },
    });
  if (provider.disabled)
    found.push({
      ...{ what: 'state', from: 'disabled', to: 'enabled', needed: true },
      content: { disabled: false },
    });
  return found;
}

const theOidc = (): Oidc => ({ issuerUri, allowedAudiences: [] });
