import type { AccessGraph, Grant, GraphRole } from './graph.ts';
import { abilitiesOf } from './abilities.ts';
import { removalOf } from './remedies.ts';
import type { Risk, RiskContext } from './risk.ts';
import { placeName } from './words.ts';

const DAY_MS = 86_400_000;
/** A condition that ends within this many days is told before it ends. */
const soonDays = 30;

/** What is to be said of what the account may do. */
export function risksOfGrants(graph: AccessGraph, context: RiskContext): Risk[] {
  const live = graph.grants.filter(({ dead }) => dead === undefined);
  return [
    ...live.flatMap((grant) => risksOfLine(grant, graph, context)),
    ...extraOf(graph, context),
    ...live.flatMap((grant) => endingOf(grant, graph, context)),
    ...graph.grants.flatMap((grant) => deadOf(grant, graph)),
  ];
}

const roleOf = ({ role }: Grant, { roles }: AccessGraph): GraphRole | undefined => roles[role];
const isAbove = ({ on: { kind } }: Grant): boolean => kind === 'folder' || kind === 'organization';
const isPublic = ({ member }: Grant): boolean => member === 'allUsers' || member === 'allAuthenticatedUsers';

/** The widest thing that a line is, and only that. */
function risksOfLine(grant: Grant, graph: AccessGraph, { again }: RiskContext): Risk[] {
  const role = roleOf(grant, graph);
  if (role === undefined) return [];
  const on = placeName(grant.on);
  const removal = [removalOf(grant, graph)];
  const { email } = graph.account;
  if (isPublic(grant))
    return [
      {
        level: 'high',
        title: 'Open to everybody',
        what: `${role.label} on ${on} is granted to ${grant.member}: ${grant.member === 'allUsers' ? 'anybody on the internet' : 'anybody with a Google account'} has it, and not the account alone.`,
        remedy: 'Take the line away, unless it is meant to be public; grant it to those who need it.',
        commands: removal,
      },
    ];
  if (role.basic)
    return [
      {
        level: 'high',
        title: 'A basic role',
        what: `${email} has ${role.label} on ${on}: ${role.permissions?.length ?? 'thousands of'} permissions, on everything in it.`,
        remedy: grant.asked
          ? 'The profile asks for it: have it ask for a narrower role, or for the permissions that are needed.'
          : 'Take it away; the profile asks for what the account needs. If calls then fail, grant what is missing alone.',
        commands: grant.asked ? [] : removal,
      },
    ];
  const permissions = role.permissions ?? [];
  const abilities = abilitiesOf(permissions, grant.on);
  const wide = grant.on.kind === 'project' || isAbove(grant);
  const risks: Risk[] = [];
  if (wide && abilities.includes('policy'))
    risks.push({
      level: 'high',
      title: 'It can give itself more',
      what: `${role.label} on ${on} lets ${email} change who has what: it can take any role.`,
      remedy: 'Take it away, or grant it on the one account or resource that it is needed for.',
      commands: removal,
    });
  else if (wide && (abilities.includes('tokens') || abilities.includes('keys')))
    risks.push({
      level: 'high',
      title: 'It can become every account',
      what: `${role.label} on ${on} lets ${email} get tokens or keys of every service account there, with all that those may do.`,
      remedy: 'Grant it on the one account that it is needed for.',
      commands: removal,
    });
  else if (wide && abilities.includes('attach'))
    risks.push({
      level: 'medium',
      title: 'It can run things as every account',
      what: `${role.label} on ${on} holds iam.serviceAccounts.actAs there: what ${email} deploys can run as any service account of ${on}, and do what that may.`,
      remedy: grant.asked
        ? 'Hold it to the one account that services run as.'
        : 'Take it away, or grant it on the one account that services run as.',
      commands: !grant.asked ? removal : role.custom ? [`${again.repair} --tighten`] : [],
    });
  if (isAbove(grant) && !grant.asked)
    risks.push({
      level: 'high',
      title: 'Granted above the project',
      what: `${role.label} on ${on} reaches every project below it, and the profile does not ask for it.`,
      remedy: 'Take it away, or grant it on the project that needs it.',
      commands: removal,
    });
  else if (!grant.asked && risks.length === 0)
    risks.push({
      level: 'medium',
      title: 'A role that the profile does not ask for',
      what: `${email} has ${role.label} on ${on} (${permissions.length} permissions), given by somebody else.`,
      remedy: 'Ask whoever gave it what it is for, or take it away.',
      commands: removal,
    });
  return risks;
}

/** Permissions in the profile's own role that it does not ask for. */
function extraOf(graph: AccessGraph, { again }: RiskContext): Risk[] {
  const own = new Set(
    graph.grants.flatMap(({ role, asked }) => (asked && graph.roles[role]?.custom ? [role] : [])),
  );
  return [...own].flatMap((name) => {
    const role = graph.roles[name];
    const extra = (role?.permissions ?? []).filter((each) => graph.permissions[each]?.asked !== true);
    if (role === undefined || extra.length === 0) return [];
    return [
      {
        level: 'medium' as const,
        title: 'Permissions that the profile does not ask for',
        what: `${role.label} holds ${extra.length} more: ${inShort(extra)}.`,
        remedy: 'Hold the role to the profile: repair takes them away.',
        commands: [`${again.repair} --remove-extra`],
      },
    ];
  });
}

function endingOf(grant: Grant, graph: AccessGraph, { at }: RiskContext): Risk[] {
  const { condition } = grant;
  const until = condition?.until;
  if (condition === undefined || until === undefined) return [];
  const days = Math.floor((Date.parse(until) - Date.parse(at)) / DAY_MS);
  if (days > soonDays) return [];
  const label = roleOf(grant, graph)?.label ?? grant.role;
  return [
    {
      level: grant.asked ? 'medium' : 'low',
      title: 'It ends soon',
      what: `${label} on ${placeName(grant.on)} is granted under the condition "${condition.title}", which ends on ${until.slice(0, 10)} (${days} ${days === 1 ? 'day' : 'days'}).`,
      remedy: grant.asked
        ? 'If the account is to work after that, write a later end into the profile and run repair.'
        : 'Nothing, if it is meant to end; else ask whoever gave it.',
      commands: [],
    },
  ];
}

function deadOf(grant: Grant, graph: AccessGraph): Risk[] {
  const { dead, on } = grant;
  if (dead === undefined) return [];
  return [
    {
      level: 'low',
      title: 'A line without effect',
      what: `${roleOf(grant, graph)?.label ?? grant.role} on ${placeName(on)} gives nothing: ${dead}. Whoever reads the policy has to find that out.`,
      remedy: 'Take the line away.',
      commands: [removalOf(grant, graph)],
    },
  ];
}

/** So many names, and how many more. */
export function inShort(names: readonly string[], most = 8): string {
  const rest = names.length - most;
  return rest > 1 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
