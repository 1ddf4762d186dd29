import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import type { Change, Made, Step } from '../wizard/step.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, servicesOf, type Goal, type Tools } from './goal.ts';
import { makeWayIn } from './github-act.ts';
import { conditionFor, deviations } from './github-provider.ts';
import {
  fullPool,
  fullProvider,
  madeByUs,
  refuseForeign,
  workflowsOf,
  workloadUser,
  type SeenGithub,
  type WantedGithub,
} from './github-seen.ts';
import { hasGrant } from './policy-grant.ts';
import { commandLine } from './shell.ts';

const nothing: Policy = { version: 3, etag: '', bindings: [] };

/** In place of a key: workflows of a repository act as the account, because GitHub says who they are. */
export const githubStep: Step<WantedGithub, SeenGithub, Tools, Goal> = {
  id: 'key',
  title: 'Without a key',
  why: 'GitHub tells Google which repository a workflow belongs to, and workflows of this one may act as the account. There is no key to lose.',
  undo: 'the line, the provider and the pool can be taken away; workflows then cannot sign in',
  needs: ['account'],
  settling: { agree: 3, usuallyMs: 20_000, patienceMs: 300_000 },

  want: (goal) => wantedGithub(goal),

  async look(tools, wanted, journal) {
    const { cloud } = tools;
    const { project, email, turnedOn } = wanted;
    const policy = cloud.accounts.getPolicy(email, project).catch((error: unknown) => {
      if (isCloudError(error, 'not-found')) return nothing;
      throw error;
    });
    const [found, pool, provider, number] = await Promise.all([
      seenOr(policy, turnedOn),
      seenOr(cloud.pools.get(project, wanted.pool), turnedOn),
      seenOr(cloud.poolProviders.get(project, wanted.pool, wanted.provider), turnedOn),
      numberOf(tools, project, turnedOn),
    ]);
    const blind = found === unseen || pool === unseen || provider === unseen || number === '';
    const known = {
      pool: pool === unseen ? undefined : pool,
      provider: provider === unseen ? undefined : provider,
    };
    const ours = {
      pool: madeByUs(journal, 'pool', wanted.pool),
      provider: madeByUs(journal, 'provider', wanted.provider),
    };
    refuseForeign(wanted, known, ours);
    return {
      unseen: blind,
      number,
      ...known,
      policy: found === unseen ? nothing : found,
      deviations: known.provider === undefined ? [] : deviations(known.provider, wanted.repository),
      isOurs: ours.provider,
    };
  },

  compare(wanted, seen) {
    const { project, email, repository, source } = wanted;
    const { pool, provider, number } = seen;
    const changes: Change[] = [];
    const add = (what: string, rest: Omit<Change, 'what' | 'source'>): void =>
      void changes.push({ what, source, ...rest });
    const pools = ['gcloud', 'iam', 'workload-identity-pools'];
    const there = [`--project=${project}`, '--location=global'];
    if (pool === undefined || pool.deleted)
      add('pool', {
        sign: pool === undefined ? '+' : '~',
        name: wanted.pool,
        ...(pool && { from: 'deleted', to: 'restored' }),
        why: 'Google believes nobody from elsewhere but through such a pool',
        gcloud: commandLine(...pools, pool === undefined ? 'create' : 'undelete', wanted.pool, ...there),
        requires: [`iam.googleapis.com/workloadIdentityPools.${pool === undefined ? 'create' : 'undelete'}`],
      });
    // Of a pool of somebody else's that is off, nothing is seen here: that stops the step.
    if (pool?.disabled)
      add('pool', {
        ...{ sign: '~', name: wanted.pool, from: 'disabled', to: 'enabled' },
        why: 'nobody gets in through a pool that is off, nor stays in',
        gcloud: commandLine(...pools, 'update', wanted.pool, ...there, '--no-disabled'),
        requires: ['iam.googleapis.com/workloadIdentityPools.update'],
      });
    if (provider === undefined || provider.deleted)
      add('provider', {
        sign: provider === undefined ? '+' : '~',
        name: wanted.provider,
        ...(provider && { from: 'deleted' }),
        to: `lets in workflows of ${repository}, and nobody else`,
        why: 'everybody on GitHub gets tokens of the same kind: the condition tells yours apart',
        gcloud: commandLine(
          ...[...pools, 'providers', 'create-oidc', wanted.provider, ...there],
          ...[`--workload-identity-pool=${wanted.pool}`],
          '--issuer-uri=https://token.actions.githubusercontent.com',
          '--attribute-mapping=google.subject=assertion.sub,attribute.repository=assertion.repository',
          `--attribute-condition=${conditionFor(repository)}`,
        ),
        requires: [
          `iam.googleapis.com/workloadIdentityPoolProviders.${provider === undefined ? 'create' : 'undelete'}`,
        ],
      });
    else if (seen.isOurs)
      for (const { what, from, to } of seen.deviations)
        add('provider', {
          sign: '~',
          name: wanted.provider,
          from: `${what}: ${from}`,
          to,
          why:
            what === 'condition'
              ? 'it decides whose workflows get in'
              : 'workflows cannot sign in, or cannot be told apart',
          requires: ['iam.googleapis.com/workloadIdentityPoolProviders.update'],
        });
    const member = workflowsOf(wanted, number);
    if (!hasGrant(seen.policy, { role: workloadUser, member }))
      add('access', {
        sign: '+',
        name: `workflows of ${repository}`,
        to: `may act as ${email}`,
        why: 'nobody can use an account without a key until somebody may act as it',
        gcloud: commandLine(
          ...['gcloud', 'iam', 'service-accounts', 'add-iam-policy-binding', email, `--project=${project}`],
          ...[`--member=${member}`, `--role=${workloadUser}`, '--condition=None'],
        ),
        requires: ['iam.serviceAccounts.setIamPolicy'],
      });
    return changes;
  },

  facts(wanted, { unseen: blind, number, provider, isOurs, deviations: found }) {
    if (blind || provider === undefined || provider.deleted) return [];
    return [
      { tone: 'note', text: `provider ${fullProvider(wanted, number)}` },
      ...(isOurs ? [] : found).map(({ what, from }) => ({
        tone: 'attention' as const,
        text: `the provider's ${what} is somebody else's, left as found: ${from}`,
      })),
    ];
  },

  stale: ({ policy }, { before }) => policy.etag !== '' && policy.etag === before,
  unseen: (seen) => seen.unseen,
  makes(wanted, { number, pool, provider, policy }) {
    const made: Made[] = [];
    const member = workflowsOf(wanted, number);
    if (pool === undefined)
      made.push({ what: 'pool', did: 'created', name: fullPool(wanted, number), evidence: {} });
    if (provider === undefined)
      made.push({ what: 'provider', did: 'created', name: fullProvider(wanted, number), evidence: {} });
    if (!hasGrant(policy, { role: workloadUser, member }))
      made.push({
        ...{ what: 'account-grant', did: 'granted', name: wanted.email },
        evidence: { role: workloadUser, member },
      });
    return made;
  },
  evidence: (_wanted, { policy }) => ({ before: '', after: policy.etag }),
  act: makeWayIn,

  passing: (error, acted) => isCloudError(error, 'conflict') || isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'every replica to know how workflows get in' }),
  problem: (error, { project, pool, provider }) =>
    error === undefined
      ? {
          mover: 'cloud',
          what: `the way in was made, but ${provider} in ${pool} still shows without it`,
          next: 'wait a few minutes, then run this again',
          exit: 'cloud',
        }
      : cloudProblem(error, { project, doing: `look at or change how workflows get into ${project}` }),
};

/** The project's number; empty while nobody can tell it. */
async function numberOf(tools: Tools, project: string, turnedOn: readonly string[]): Promise<string> {
  const asked = await seenOr(tools.project(), turnedOn);
  // What was asked once a run was asked before the API was on.
  const found = asked === unseen ? await seenOr(tools.cloud.projects.get(project), turnedOn) : asked;
  return found === unseen ? '' : (found?.number ?? '');
}

/** What the goal asks of this step. */
export function wantedGithub(goal: Goal): WantedGithub {
  const { access, project } = goal.answers;
  if (access.kind !== 'github') throw new Error(`no repository is to be let in, but ${access.kind}`);
  const { repository, pool, provider, source } = access;
  const turnedOn = servicesOf(goal);
  return { project, email: accountEmail(goal), repository, pool, provider, source, turnedOn };
}
