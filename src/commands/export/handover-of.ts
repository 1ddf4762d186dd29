import type { Handover, HandoverGrant } from '../../handoff/export/handover.ts';
import { permissionsOfRole } from '../../profile/asked-on.ts';
import type { Place } from '../../profile/place.ts';
import { computeAccount } from '../../steps/grant-seen.ts';
import { workloadUser } from '../../steps/github-seen.ts';
import { poolContent, providerFor } from '../../steps/github-provider.ts';
import { wantedPlaces } from '../../steps/grant-lines.ts';
import { accountEmail, askedByProfile, wantedServices, type Goal } from '../../steps/goal.ts';
import { tokenCreator } from '../../steps/impersonation.ts';
import { actAs } from '../../steps/tighten.ts';

/** What the cloud was asked for; a part is absent where it was not, or could not be told. */
export interface LookedUp {
  /** The project's number. */
  number?: string | undefined;
  /** The number of the organisation that the project is in. */
  organization?: string | undefined;
  /** Permissions that Google does not take in a custom role of this project. */
  refused?: readonly string[] | undefined;
}

/** Where things are, on this machine and beyond it. */
export interface Whereabouts {
  /** Absent: Google. */
  endpoint?: string | undefined;
  /** The command that tells whether all of it is so. */
  check: string;
  /** The key file below the folder of keys, with slashes, where it is at its usual place. */
  belowKeys?: string | undefined;
}

/** All that the goal wants to be in the cloud, in one plain value. */
export function handoverOf(
  goal: Goal,
  { endpoint, check, belowKeys }: Whereabouts,
  known: LookedUp = {},
): Handover {
  const { profile, answers } = goal;
  const { env, link } = profile;
  return {
    v: 1,
    profile: { name: profile.name, title: profile.title, ...(link !== undefined && { link }) },
    project: { id: answers.project, ...(known.number !== undefined && { number: known.number }) },
    ...(endpoint !== undefined && { endpoint }),
    services: wantedServices(goal).map(({ name, why }) => ({ name, why })),
    ...roleOf(goal, known.refused),
    account: accountOf(goal),
    grants: wantedPlaces(goal).flatMap(({ place, lines }) =>
      lines.map(({ role, member, condition, why }): HandoverGrant => {
        const { title = '', expression = '', description } = condition ?? {};
        return {
          ...{ on: placeOf(place, goal, known), role, member, why: asSentence(why) },
          ...(condition && {
            condition: { title, expression, ...(description !== undefined && { description }) },
          }),
        };
      }),
    ),
    access: accessOf(goal, belowKeys),
    env: { ...env },
    check,
  };
}

function roleOf({ profile, answers }: Goal, refused: readonly string[] = []): Pick<Handover, 'role'> {
  const { role } = profile;
  const { roleId, roleTitle, removeExtra, tighten, without } = answers;
  if (role === undefined || roleId === undefined || roleTitle === undefined) return {};
  return {
    role: {
      id: roleId.value,
      title: roleTitle.value,
      ...(role.description !== undefined && { description: role.description }),
      stage: role.stage,
      permissions: permissionsOfRole(profile).map(({ name, why }) => ({ name, why })),
      retitled: roleTitle.source !== askedByProfile,
      exact: removeExtra !== undefined,
      ...(tighten && { moved: actAs }),
      without: (without?.permissions ?? []).map(({ name, why }) => ({ name, why })),
      refused: [...refused],
    },
  };
}

function accountOf(goal: Goal): Handover['account'] {
  const { accountId, accountName } = goal.answers;
  const { description } = goal.profile.account;
  return {
    id: accountId.value,
    email: accountEmail(goal),
    displayName: accountName.value,
    ...(description !== undefined && { description }),
    renamed: accountName.source !== askedByProfile,
  };
}

function placeOf(place: Place, goal: Goal, { number, organization }: LookedUp): HandoverGrant['on'] {
  switch (place.kind) {
    case 'project':
    case 'bucket':
    case 'run-service':
      return { ...place };
    case 'organization':
      return { kind: place.kind, ...(organization !== undefined && { id: organization }) };
    case 'account': {
      const { kind, whose } = place;
      if (whose === 'own') return { kind, whose, email: accountEmail(goal) };
      if (whose !== 'compute') return { kind, whose: 'other', email: whose.email };
      return { kind, whose, ...(number !== undefined && { email: computeAccount(number) }) };
    }
  }
}

function accessOf({ answers }: Goal, belowKeys: string | undefined): Handover['access'] {
  const { access, keyFile } = answers;
  switch (access.kind) {
    case 'key':
      return { kind: 'key', file: keyFile.value, ...(belowKeys !== undefined && { belowKeys }) };
    case 'impersonation':
      return { kind: access.kind, member: access.member, role: tokenCreator, file: keyFile.value };
    case 'attached':
      return { kind: access.kind, region: access.region, service: access.service };
    case 'github': {
      const { kind, repository, pool, provider } = access;
      const { oidc, attributeMapping = {}, ...content } = providerFor(repository);
      return {
        kind,
        repository,
        pool: { id: pool, ...poolContent },
        provider: {
          id: provider,
          displayName: content.displayName ?? '',
          description: content.description ?? '',
          issuerUri: oidc.issuerUri,
          attributeMapping: { ...attributeMapping },
          attributeCondition: content.attributeCondition,
        },
        role: workloadUser,
      };
    }
  }
}

/** Steps give some reasons as phrases. */
function asSentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/u.test(whole) ? whole : `${whole}.`;
}
