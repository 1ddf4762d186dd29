import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import * as z from 'zod';
import { invalidArgument } from '../errors.ts';
import type { PoolProvider } from '../world.ts';
import { mappingProblem } from './mapping.ts';

const MOST_ATTRIBUTES = 50;
const MOST_AUDIENCES = 10;

/** Issuers that sign for whoever asks, so that a condition must tell whose tokens count (pasted in public reports). */
const SHARED_ISSUERS = [
  'https://token.actions.githubusercontent.com',
  'https://gitlab.com',
  'https://app.terraform.io',
];

const Jwks = z.object({
  keys: z
    .array(
      z
        .object({ kty: z.enum(['RSA', 'EC']), kid: z.string().optional(), alg: z.string().optional() })
        .loose(),
    )
    .min(1),
});

/** The keys of a JWKS text; undefined when it is none. */
export function readJwks(text: string): z.infer<typeof Jwks>['keys'] | undefined {
  try {
    return Jwks.parse(JSON.parse(text)).keys;
  } catch {
    return undefined;
  }
}

/** The public key of an entry of a JWKS; undefined when it makes none. */
export function publicKeyOf(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** Refuses a provider that cannot be (limits: discovery document; [U] the texts that no comment vouches for). */
export function checkProvider(provider: PoolProvider): void {
  const { attributeMapping, attributeCondition: condition, oidc } = provider;
  checkMapping(attributeMapping);
  const problem = condition !== undefined && mappingProblem(condition, 'bool');
  if (problem) throw invalidArgument(`Error compiling the attribute condition: ${problem}`);
  if ((condition ?? '').length > 4096)
    throw invalidArgument('The attribute condition must not exceed 4096 characters.');
  checkOidc(oidc);
  // Pasted in public reports since 2023.
  if (
    SHARED_ISSUERS.includes(oidc.issuerUri.replace(/\/$/, '')) &&
    !/\b(?:assertion|google|attribute)\b/.test(condition ?? '')
  )
    throw invalidArgument(
      "The attribute condition must reference one of the provider's claims. For more information, see https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions",
    );
}

function checkMapping(mapping: PoolProvider['attributeMapping']): void {
  if (mapping['google.subject'] === undefined)
    throw invalidArgument('The attribute mapping must include google.subject.');
  const custom = Object.keys(mapping).filter((key) => key.startsWith('attribute.'));
  if (custom.length > MOST_ATTRIBUTES) throw invalidArgument('At most 50 custom attributes can be mapped.');
  for (const [key, expression] of Object.entries(mapping)) {
    if (!/^(?:google\.(?:subject|groups)|attribute\.[a-z0-9_]{1,100})$/.test(key))
      throw invalidArgument(`Invalid mapped attribute key: ${key}`);
    if (expression.length > 2048)
      throw invalidArgument(`The expression of ${key} must not exceed 2048 characters.`);
    const problem = mappingProblem(expression, key === 'google.groups' ? 'list' : 'string');
    if (problem) throw invalidArgument(`Error compiling the expression of ${key}: ${problem}`);
  }
}

function checkOidc({ issuerUri, allowedAudiences, jwksJson }: PoolProvider['oidc']): void {
  // Measured in public reports, September 2026, as is the text for keys of other kinds.
  if (!URL.canParse(issuerUri)) throw invalidArgument('Invalid OIDC issuer URI.');
  if (new URL(issuerUri).protocol !== 'https:')
    throw invalidArgument('Invalid OIDC issuer URI. The scheme must be https.');
  if (allowedAudiences.length > MOST_AUDIENCES)
    throw invalidArgument('At most 10 allowed audiences can be configured.');
  if (allowedAudiences.some((audience) => audience.length > 256))
    throw invalidArgument('An allowed audience must not exceed 256 characters.');
  if (jwksJson === undefined) return;
  const keys = readJwks(jwksJson);
  if (!keys) throw invalidArgument('Input JWK is not in a valid json format.'); // Troubleshooting page.
  if (keys.some((key) => !publicKeyOf(key)))
    throw invalidArgument('Input jwks contains corrupted key material.');
}
