import type { GrantView, PermissionRow, Report, UserView } from '../../access/report.ts';
import { plain } from './html.ts';
import { marker } from './marker.ts';
import { sentence, toMinute } from './times.ts';

/** The report as Markdown: the same content, from the same data. No text in it can become markup. Pure. */
export function reportMarkdown(report: Report): string {
  const { email, at, operator, project, endpoint, profile, version, notes, looksFor } = report;
  const blocks = [
    `<!-- ${marker} -->`,
    `# Access of ${text(email)}`,
    `In the project ${code(project)}, as it was on ${toMinute(at)}${operator === undefined ? '' : `, seen by ${text(operator)}`}. Profile: ${text(profile.title)}.${endpoint === undefined ? '' : ` **Not Google Cloud:** the cloud at ${text(endpoint)}.`}`,
    '## At a glance',
    report.summary.map(({ label, text: says }) => `- **${text(label)}:** ${text(sentence(says))}`).join('\n'),
    '## Risks and their remedies',
    `${report.risks.length === 0 ? 'None was found.' : 'The worst first.'} Looked for: ${text(looksFor)}.`,
    ...report.risks.flatMap(({ level, title, what, remedy, commands }) => [
      `### ${level.charAt(0).toUpperCase()}${level.slice(1)}: ${text(title)}`,
      text(what),
      `**Remedy:** ${text(remedy)}`,
      ...(commands.length === 0 ? [] : [fenced('sh', commands.map(plain).join('\n'))]),
    ]),
    '## Picture',
    fenced('mermaid', report.mermaid.trimEnd()),
    '## Who can use it',
    'Whoever can use the account can do all that it may do.',
    ...keysOf(report),
    ...usersOf('Members and services', report.users),
    ...usersOf('Identities from elsewhere', report.providers),
    ...usersOf("Google's own agents", report.agents),
    '## What it may do, and why',
    ...report.grants.flatMap(grant),
    '## Held against the profile',
    rows(
      ['Step', 'State', 'More'],
      report.drift.rows.map(({ title, state, says }) => [
        text(title),
        state,
        says.map((each) => text(sentence(each))).join(' '),
      ]),
    ),
    '## What changed, when, and by whose hand',
    report.history.length === 0
      ? 'The journal on this machine names nothing.'
      : rows(
          ['When', 'What', 'By'],
          report.history.map(({ at: time, what, by }) => [
            toMinute(time),
            text(sentence(what)),
            text(by ?? 'Not known'),
          ]),
        ),
    ...(report.unread.length === 0
      ? []
      : [
          '## What was not looked at',
          rows(
            ['What', 'Why', 'Next'],
            report.unread.map(({ what, why, next }) => [text(what), text(why), text(next)]),
          ),
        ]),
    '## Look again',
    ...report.commands.flatMap(({ what, command }) => [text(sentence(what)), fenced('sh', plain(command))]),
    [...notes.map(text), `Made by iamready ${version}. It holds no key and no token.`].join('\n\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function keysOf({ keys }: Report): string[] {
  if (keys.length === 0) return ['### Keys', 'It has no key that people made.'];
  return [
    '### Keys',
    rows(
      ['Key', 'How it stands', 'By whose hand'],
      keys.map(({ id, says, made }) => [
        code(id),
        text(sentence(says)),
        text(sentence(made)) || 'Not by iamready, or not known.',
      ]),
    ),
  ];
}

function usersOf(title: string, views: readonly UserView[]): string[] {
  if (views.length === 0) return [];
  return [
    `### ${title}`,
    rows(
      ['Who', 'How', 'By', 'More'],
      views.map(({ who, how, by, says }) => [code(who), text(how), text(by), text(sentence(says))]),
    ),
  ];
}

function grant({ title, count, says, asked, others, unlisted }: GrantView): string[] {
  return [
    `### ${text(title)}`,
    [sentence(count), ...says.map(sentence)].map((each) => `- ${text(each)}`).join('\n'),
    ...(asked.length === 0 ? [] : ['Asked for by the profile:', permissions(asked)]),
    ...(others.length === 0 ? [] : ['Held besides:', permissions(others)]),
    ...(unlisted.length === 0
      ? []
      : [
          `Not listed one by one: ${unlisted.map(({ service, count: many }) => `${code(service)} ${many}`).join(', ')}.`,
        ]),
  ];
}

function permissions(all: readonly PermissionRow[]): string {
  return rows(
    ['Permission', 'Why, or what it lets one do', 'What a holder could do'],
    all.map(({ name, why, by, link, warning, does, risk }) => [
      code(name),
      [
        text(sentence(why ?? does ?? '')),
        by === undefined
          ? ''
          : `(${link?.startsWith('https://') ? `[${text(by)}](<${plain(link).replaceAll(/[<>\\]/gu, '')}>)` : text(by)})`,
        warning === undefined ? '' : `**Know:** ${text(warning)}`,
      ]
        .filter((each) => each !== '')
        .join(' '),
      text(risk ?? (why === undefined ? '' : sentence(does ?? ''))),
    ]),
  );
}

/** A table; a cell's own bars are escaped already. */
function rows(heads: readonly string[], cells: readonly (readonly string[])[]): string {
  const line = (each: readonly string[]): string => `| ${each.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...cells.map(line)].join('\n');
}

/** A text in which nothing is Markdown or HTML any more. */
function text(value: string): string {
  return plain(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]|~#]/gu, (sign) => `\\${sign}`);
}

/** A name as code, within a longer fence than any in it. */
function code(value: string): string {
  const shown = plain(value).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(shown.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

function fenced(language: string, content: string): string {
  const longest = Math.max(2, ...(content.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}
