import type { Asked, Offered, Preflight, Remedy } from '../wizard/preflight.ts';
import type { Change } from '../wizard/step.ts';
import type { PlanPlace } from './plan-place.ts';

type Facts = Omit<Preflight, 'head' | 'told' | 'message'>;

interface About {
  /** What the account is for: "Remotion Cloud Run". */
  title: string;
  planOut: PlanPlace;
}

/** More people than these are not all named. */
const mostAsked = 5;

/** What a preflight says, once for every face: the report in labelled lines, and the message to send. */
export function preflightWords(facts: Facts, about: About): Pick<Preflight, 'head' | 'told' | 'message'> {
  const { lacks, remedies } = facts;
  const isAlone = new Set(lacks.map(({ place }) => place)).size === 1;
  return {
    head: `${facts.operator} may not do all of this in ${facts.project}.`,
    told: [
      {
        label: 'Missing',
        lines: lacks.map(
          ({ permission, called, stops }) =>
            `${permission}${isAlone ? '' : ` on ${called}`}: ${stopped(stops)}`,
        ),
      },
      { label: 'Role', lines: remedies.flatMap((remedy) => roleLines(remedy)) },
      { label: 'Ask', lines: askLines(facts) },
      { label: 'Rest', lines: [withoutLine(facts)] },
      {
        label: 'Or',
        lines:
          about.planOut.write === undefined
            ? []
            : [`${about.planOut.write} writes the plan to a file, for somebody who may carry it out`],
      },
    ].filter(({ lines }) => lines.length > 0),
    message: messageOf(facts, about),
  };
}

function stopped(stops: readonly Change[]): string {
  if (stops.length === 0) return 'nothing of it can be seen without';
  const [first = '', ...more] = [...new Set(stops.map(lineOf))];
  const rest = more.length > 2 ? [`and ${more.length} more`] : more;
  return `stops ${[first, ...rest].join(', ')}`;
}

/** A line of the plan in short; where a key lies is nobody else's. */
function lineOf({ sign, what, name }: Change): string {
  return what === 'key' && sign !== '-' ? `${sign} key` : `${sign} ${what} ${name}`;
}

function roleLines({ role, together, called, permissions, heldByNone }: Remedy): string[] {
  const all = permissions.length === 1 ? 'has it' : `has all ${permissions.length}`;
  return [
    ...(role === undefined
      ? []
      : [`${named(role)}, on ${called}, is the smallest that ${all}; it gives ${more(role)}`]),
    ...(together.length === 0
      ? []
      : [
          `${role === undefined ? '' : 'narrower: '}${together.map(named).join(', ')}, on ${called}${
            together.length === 1 ? '' : `, ${role === undefined ? 'have them' : 'together'}`
          }`,
        ]),
    ...(heldByNone.length === 0 ? [] : [`no role of Google's holds ${heldByNone.join(', ')}`]),
  ];
}

function named({ role, title }: Offered): string {
  return `${role} (${title})`;
}

function more({ extra }: Offered): string {
  return extra === 1 ? '1 permission more' : `${extra.toLocaleString('en')} permissions more`;
}

function askLines({ ask, remedies }: Facts): string[] {
  const lines = ask
    .slice(0, mostAsked)
    .map((each) => `${whom(each)}, who has ${each.role} on ${each.called}`);
  const open = remedies.filter(({ place }) => !ask.some((each) => covers(each.place, place)));
  return [
    ...lines,
    ...(ask.length > mostAsked ? [`and ${ask.length - mostAsked} more`] : []),
    ...open.map(({ called }) => `whoever administers ${called}; who that is, you may not see`),
  ];
}

/** What may be done on the project reaches down to what is in it. */
function covers(granted: string, place: string): boolean {
  return granted === place || (granted.startsWith('project/') && !place.startsWith('organization/'));
}

function whom({ member }: Asked): string {
  const [kind = '', email = ''] = member.split(/:(.*)/su);
  return kind === 'group' ? `the group ${email}` : email;
}

function withoutLine({ possible }: Facts): string {
  if (possible.length === 0) return 'nothing of it can be done before that';
  const names = possible.map(({ title }) => title.toLowerCase()).join(', ');
  return `you may do this part of it: ${names} (--partial does that, and leaves out the rest)`;
}

/** Plain text, so that it can be pasted anywhere; commands stand on lines of their own. */
function messageOf({ operator, project, remedies }: Facts, { title, planOut }: About): string[] {
  const commands = remedies.flatMap(({ gcloud }) => gcloud);
  return [
    `Hello, I am setting up a service account for ${title} in the Google Cloud project ${project}, as ${operator}, and I may not do all of it myself.`,
    '',
    ...remedies.flatMap(({ called, permissions }) => [
      `I lack, on ${called}:`,
      ...permissions.map((permission) => `  ${permission}`),
      '',
    ]),
    'Could you carry out the plan that I send along? It shows everything, and asks before it changes anything:',
    `  npx ${planOut.apply}`,
    '',
    ...(commands.length === 0
      ? []
      : [
          'Or could you give me what is missing? With remove- in place of add- the same takes it away again:',
          ...commands.map((command) => `  ${command}`),
        ]),
  ];
}
