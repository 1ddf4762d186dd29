import { createHash } from 'node:crypto';
import type { Cloud } from '../google/cloud.ts';
import { CredentialsError } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import { isServiceAgent } from '../profile/member.ts';
import type { Access } from '../steps/goal.ts';
import { asMember } from '../steps/member.ts';
import type { Journal } from '../wizard/journal.ts';
import { shown } from './shown.ts';
import { keylessWays, type RunFlags } from './run-flags.ts';
import { unanswered, usage } from './usage.ts';

/** A principal as allow policies name it (IAM docs, principal identifiers); a domain or everybody may not act as anybody. */
export const memberForm = /^(?:user|serviceAccount|group):[^\s@]+@[^\s@]+$|^principal(?:Set)?:\/\/\S+$/;

/** OWNER/NAME, as GitHub takes them. */
export const repositoryForm = /^[a-z\d](?:-?[a-z\d]){0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/i;

/** REGION/NAME of a service (Cloud Run docs: at most 49 characters, beginning with a letter). */
export const serviceForm = /^([a-z]+-[a-z]+\d+)\/([a-z](?:[-a-z\d]{0,47}[a-z\d])?)$/;

/**
 * How programs are to sign in: as the flags say, else as an earlier run was told, else with a key.
 * @param email of the operator, where it is known
 * @param earlier of the journal
 * @throws ProblemError where an answer is missing or cannot be one
 */
export function accessAnswer(
  flags: RunFlags,
  email: string | undefined,
  earlier: Journal['answers'],
): Access {
  const kind = keylessWays.find((way) => way === (flags.keyless ?? earlier['keyless'])) ?? 'none';
  const source = flags.keyless === undefined ? 'you chose it before' : 'you chose to do without a key';
  switch (kind) {
    case 'none':
      return { kind: 'key' };
    case 'impersonation':
      return { kind, member: memberAnswer(flags, email, earlier['impersonator']), source };
    case 'github': {
      const repository = repositoryAnswer(flags, earlier['repository']);
      const pool = idAnswer('--pool', flags.pool, earlier['pool'] ?? 'iamready-github');
      const before = earlier['repository'] === repository ? earlier['provider'] : undefined;
      const provider = idAnswer('--provider', flags.provider, before ?? providerIdFor(repository));
      return { kind, repository, pool, provider, source };
    }
    case 'attached':
      return { kind, ...serviceAnswer(flags, earlier['runService']), source };
  }
}

/**
 * The operator's e-mail address: as the credentials say it, or as Google does, which is asked only where that answers who is
 * to act as the account. Nothing where neither tells; why there is no answer is for the run to find out.
 */
export async function operatorEmail(
  cloud: Pick<Cloud, 'email' | 'whose'>,
  { keyless, impersonator }: RunFlags,
  earlier: Journal['answers'],
): Promise<string | undefined> {
  const isAsked = (keyless ?? earlier['keyless']) === 'impersonation';
  if (cloud.email !== undefined || !isAsked || (impersonator ?? earlier['impersonator']) !== undefined)
    return cloud.email;
  try {
    return await cloud.whose();
  } catch (error) {
    if (isCloudError(error) || error instanceof CredentialsError) return undefined;
    throw error;
  }
}

/** What the journal remembers of it. */
export function rememberedAccess(access: Access): Record<string, string> {
  switch (access.kind) {
    case 'key':
      return {};
    case 'impersonation':
      return { keyless: access.kind, impersonator: access.member };
    case 'github': {
      const { kind, repository, pool, provider } = access;
      return { keyless: kind, repository, pool, provider };
    }
    case 'attached':
      return { keyless: access.kind, runService: `${access.region}/${access.service}` };
  }
}

function repositoryAnswer({ repository }: RunFlags, earlier: string | undefined): string {
  if (repository !== undefined && !repositoryForm.test(repository))
    throw usage(
      `--repository: ${shown(repository)} is not a repository on GitHub`,
      'write its owner and its name: --repository=acme/video',
    );
  const found = repository ?? earlier;
  if (found !== undefined) return found;
  throw unanswered('which repository on GitHub?', 'name it: --repository=OWNER/NAME');
}

function serviceAnswer({ runService }: RunFlags, earlier: string | undefined) {
  const given = runService ?? earlier;
  if (given === undefined)
    throw unanswered('which service on Cloud Run?', 'name it: --run-service=REGION/NAME');
  const [, region, service] = serviceForm.exec(given) ?? [];
  if (region === undefined || service === undefined)
    throw usage(
      `--run-service: ${shown(given)} is not a service on Cloud Run`,
      'write its region and its name: --run-service=europe-west1/render',
    );
  return { region, service };
}

/** IDs of pools and providers (IAM API v1, workloadIdentityPools.create). */
function idAnswer(flag: string, given: string | undefined, otherwise: string): string {
  if (given === undefined) return otherwise;
  if (/^(?!gcp-)[a-z0-9-]{4,32}$/.test(given)) return given;
  throw usage(
    `${flag}: ${shown(given)} cannot be such an ID`,
    `use 4 to 32 lower-case letters, digits and hyphens, not beginning with gcp-: ${flag}=github-2`,
  );
}

/** An ID that tells repositories apart, also those whose names only differ in what an ID cannot hold. */
function providerIdFor(repository: string): string {
  const plain = repository.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  // Where the owner has no hyphen, the first one stands for the slash.
  const isPlain = /^[a-z0-9]+-[a-z0-9-]+$/.test(plain) && /^[a-z0-9]+\/[a-z0-9-]+$/.test(repository);
  if (isPlain && plain === repository.replace('/', '-') && plain.length <= 29) return `gh-${plain}`;
  const mark = createHash('sha256').update(repository).digest('hex').slice(0, 6);
  return `gh-${plain.slice(0, 22)}-${mark}`;
}

function memberAnswer(
  { impersonator }: RunFlags,
  email: string | undefined,
  earlier: string | undefined,
): string {
  if (impersonator !== undefined && !memberForm.test(impersonator))
    throw usage(
      `--impersonator: ${shown(impersonator)} is not a principal`,
      'write it as policies do: --impersonator=user:you@example.com',
    );
  if (impersonator !== undefined && isServiceAgent(impersonator))
    throw usage(
      `--impersonator: ${shown(impersonator)} is an agent of Google itself, which is never touched`,
      'name who works with the account: --impersonator=user:you@example.com',
    );
  const found = impersonator ?? earlier ?? (email && asMember(email));
  if (found !== undefined) return found;
  throw unanswered(
    'who is to act as the account? Your credentials do not say who you are',
    'name them: --impersonator=user:you@example.com',
  );
}
