import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { signJwt } from '../jwt.ts';
import { generateRsaPair } from '../rsa.ts';
import type { World } from '../world.ts';

/** The issuer of the tokens of GitHub Actions: every world has it. */
export const GITHUB = 'https://token.actions.githubusercontent.com';

/** The key pair of an OIDC issuer that this world plays. */
export interface IssuerKey {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Issuers are compared without a slash at the end, as Google does (public reports). */
export const plainIssuer = (uri: string): string => uri.replace(/\/$/, '');

/** The pair of an issuer of this world, made when it is first needed; undefined for any other issuer. */
export function issuerKeyOf(world: World, issuer: string): Promise<IssuerKey> | undefined {
  const uri = plainIssuer(issuer);
  if (!world.oidcIssuers.has(uri)) return undefined;
  const known = world.issuerKeys.get(uri);
  if (known) return known;
  const made = generateRsaPair().then((pair) => ({
    ...pair,
    id: createHash('sha1')
      .update(pair.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  }));
  world.issuerKeys.set(uri, made);
  return made;
}

const text = (claims: Readonly<Record<string, unknown>>, name: string, otherwise: string): string => {
  const value = claims[name];
  return typeof value === 'string' ? value : otherwise;
};

/** What a token of GitHub Actions claims (GitHub docs, OpenID Connect reference): a push to main, unless told otherwise. */
function githubClaims(said: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const repository = text(said, 'repository', 'acme/video');
  const owner = text(said, 'repository_owner', repository.split('/')[0] ?? '');
  const ref = text(said, 'ref', 'refs/heads/main');
  const environment = text(said, 'environment', '');
  const workflow = `${repository}/.github/workflows/deploy.yml@${ref}`;
  return {
    sub: `repo:${repository}:${environment ? `environment:${environment}` : `ref:${ref}`}`,
    aud: `https://github.com/${owner}`,
    repository,
    repository_owner: owner,
    repository_visibility: 'private',
    repository_id: '74',
    repository_owner_id: '65',
    ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: 'true',
    sha: createHash('sha1').update(repository).digest('hex'),
    actor: owner,
    actor_id: '12',
    event_name: 'push',
    workflow: 'deploy',
    workflow_ref: workflow,
    job_workflow_ref: workflow,
    run_id: '100',
    run_number: '10',
    run_attempt: '1',
    runner_environment: 'github-hosted',
  };
}

/** What is wanted of a token of an issuer of this world. */
export interface WantedToken {
  readonly issuer: string;
  readonly subject?: string | undefined;
  readonly audience?: string | undefined;
  /** Overrides of and additions to what the issuer claims by itself. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds of the simulator's clock. */
  readonly lifetime: number;
}

/** A signed token such as the issuer would give; undefined when the issuer is none of this world. */
export async function mintSubjectToken(world: World, wanted: WantedToken): Promise<string | undefined> {
  const { issuer, subject, audience, claims, lifetime } = wanted;
  const key = await issuerKeyOf(world, issuer);
  if (!key) return undefined;
  const iat = Math.floor(world.clock.now() / 1000);
  const all = {
    ...(plainIssuer(issuer) === GITHUB && githubClaims(claims)),
    iss: plainIssuer(issuer),
    iat,
    nbf: iat,
    exp: iat + lifetime,
    jti: `${iat}-${world.stamp()}`,
    ...claims,
    ...(subject !== undefined && { sub: subject }),
    ...(audience !== undefined && { aud: audience }),
  };
  return signJwt(JSON.stringify(all), key.id, key.privateKey);
}
