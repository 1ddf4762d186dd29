import type { GrantView, PermissionRow, Report, UserView } from '../../access/report.ts';
import type { Risk } from '../../access/risk.ts';
import { html, type Markup } from './html.ts';
import { inColumns, inRows } from './svg.ts';
import { table } from './table.ts';
import { code, command, dated, name, prose } from './prose.ts';
import { sentence, toMinute } from './times.ts';

/** One part of the page: its anchor, its title, and what is in it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  readonly body: Markup | readonly Markup[];
}

/** All parts, in the order in which a reviewer asks: how bad is it, who, what and why, is it still so, who did it. */
export function sectionsOf(report: Report): Section[] {
  return [
    { id: 'summary', title: 'At a glance', body: summary(report) },
    { id: 'risks', title: 'Risks and their remedies', lead: risksLead(report), body: risks(report) },
    {
      id: 'picture',
      title: 'Picture',
      lead: 'From those who use the account, on the left or above, to what it may do.',
      body: picture(report),
    },
    {
      ...{ id: 'users', title: 'Who can use it' },
      lead: 'Whoever can use the account can do all that it may do.',
      body: users(report),
    },
    {
      ...{ id: 'permissions', title: 'What it may do, and why' },
      lead: 'Each line of an allow policy by which the account has a role, with what the role holds.',
      body:
        report.grants.length === 0
          ? html`<p>Nothing, as far as could be looked at.</p>`
          : report.grants.map(grant),
    },
    { id: 'drift', title: 'Held against the profile', lead: driftLead(report), body: drift(report) },
    {
      id: 'history',
      title: 'What changed, when, and by whose hand',
      lead: historyLead,
      body: history(report),
    },
    ...(report.unread.length === 0
      ? []
      : [
          {
            ...{ id: 'unread', title: 'What was not looked at' },
            lead: 'Here the report may be incomplete.',
            body: table(
              'What could not be read, and what would let it be read',
              ['What', 'Why', 'Next'],
              report.unread.map(({ what, why, next }) => [prose(what), prose(why), prose(next)]),
            ),
          },
        ]),
    { id: 'next', title: 'Look again', body: next(report) },
  ];
}

function summary({ summary: facts }: Report): Markup {
  return html`<dl class="summary">
    ${facts.map(
      ({ label, text }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${prose(text)}</dd>
        </div>`,
    )}
  </dl>`;
}

const levels: Readonly<Record<Risk['level'], { word: string; sign: string }>> = {
  high: { word: 'High', sign: '▲' },
  medium: { word: 'Medium', sign: '◆' },
  low: { word: 'Low', sign: '●' },
};

function risksLead({ risks: found, looksFor }: Report): string {
  return found.length === 0
    ? `None was found. Looked for: ${looksFor}.`
    : `The worst first. Looked for: ${looksFor}.`;
}

function risks({ risks: found }: Report): Markup | [] {
  if (found.length === 0) return [];
  return html`<ol class="risks">
    ${found.map(({ level, title, what, remedy, commands }) => {
      const { word, sign } = levels[level];
      return html`<li class="risk ${level}">
        <h3>
          <span class="badge"><span aria-hidden="true">${sign}</span> ${word}</span>${title}
        </h3>
        <p>${dated(what)}</p>
        <p><strong>Remedy:</strong> ${remedy}</p>
        ${commands.length === 0 ? '' : html`<pre><code>${lines(commands)}</code></pre>`}
      </li>`;
    })}
  </ol>`;
}

function lines(commands: readonly string[]): Markup[] {
  return commands.map((text, at) => html`${at === 0 ? '' : html`<br />`}${command(text)}`);
}

function picture({ picture: drawn }: Report): Markup {
  return html`<figure>
    ${inRows(drawn, 340, 'narrow')}${inColumns(drawn, 700, 'middle')}${inColumns(drawn, 1040, 'wide')}
    <figcaption>
      Broken lines: without effect now. A strong line and an exclamation mark: a basic role. The next two
      sections tell the same in lists.
    </figcaption>
  </figure>`;
}

function users({ keys, users: people, agents, providers }: Report): Markup[] {
  const rows = (views: readonly UserView[]) =>
    views.map(({ who, how, by, says }) => [code(who), prose(how), name(by), prose(says)]);
  const heads = ['Who', 'What they can do', 'By', 'More'];
  return [
    keys.length === 0
      ? html`<h3>Keys</h3>
          <p>It has no key that people made.</p>`
      : html`<h3>Keys</h3>
          ${table(
            'Whoever holds one of these is the account, from anywhere',
            ['Key', 'How it stands', 'By whose hand'],
            keys.map(({ id, says, made }) => [
              code(id),
              prose(says),
              prose(made) ?? 'Not by iamready, or not known.',
            ]),
          )}`,
    people.length === 0
      ? html`<h3>Members and services</h3>
          <p>Nobody, as far as could be looked at.</p>`
      : html`<h3>Members and services</h3>
          ${table('Who can use it without a key', heads, rows(people))}`,
    ...(providers.length === 0
      ? []
      : [
          html`<h3>Identities from elsewhere</h3>
            ${table(
              'Whom the pools believe whose members can use it',
              ['Provider', 'Who vouches', 'Who is let in', 'More'],
              providers.map(({ who, how, by, says }) => [code(who), how, code(by), prose(says)]),
            )}`,
        ]),
    ...(agents.length === 0
      ? []
      : [
          html`<details>
            <summary>Google's own agents (${agents.length})</summary>
            ${table('Made by Google for its services; what they hold is Google’s to decide', heads, rows(agents))}
          </details>`,
        ]),
  ];
}

/** More rows than this are folded, so that the page can be read; a click or print opens them. */
const mostRows = 40;

function grant({ title, count, says, asked, others, unlisted }: GrantView): Markup {
  const isLong = asked.length > mostRows;
  const wanted =
    asked.length === 0
      ? ''
      : permissions(
          'Asked for by the profile',
          ['Permission', 'Why it is needed', 'What a holder could do'],
          asked,
        );
  return html`<article>
    <h3>${title}</h3>
    <p class="lead">${sentence(count)}</p>
    ${
      says.length === 0
        ? ''
        : html`<ul class="plain">
            ${says.map((each) => html`<li>${prose(each)}</li>`)}
          </ul>`
    }${
      isLong
        ? html`<details>
            <summary>${asked.length} permissions that the profile asks for</summary>
            ${wanted}
          </details>`
        : wanted
    }${
      others.length === 0 && unlisted.length === 0
        ? ''
        : html`<details>
            <summary>
              ${others.length + unlisted.reduce((sum, each) => sum + each.count, 0)}
              permissions${asked.length === 0 ? '' : ' that the profile does not ask for'}
            </summary>
            ${
              others.length === 0
                ? ''
                : permissions(
                    asked.length === 0 ? 'Held by it' : 'Held besides',
                    ['Permission', 'What it lets one do', 'What a holder could do'],
                    others,
                  )
            }${unlisted.length === 0 ? '' : html`<p>${others.length === 0 ? '' : 'And, by service: '}${unlisted.map(({ service, count: many }, at) => html`${at === 0 ? '' : ', '}<code>${service}</code> ${many}`)}.</p>`}
          </details>`
    }
  </article>`;
}

function permissions(caption: string, heads: readonly string[], rows: readonly PermissionRow[]): Markup {
  return table(
    caption,
    heads,
    rows.map(({ name: permission, why, by, link, warning, does, risk }) => [
      code(permission),
      why === undefined
        ? does === undefined
          ? undefined
          : sentence(does)
        : html`${sentence(why)}<small>${by === undefined ? '' : source(by, link)}</small>${warning === undefined ? '' : html`<small><strong>Know:</strong> ${warning}</small>`}`,
      risk ?? (why === undefined || does === undefined ? undefined : sentence(does)),
    ]),
  );
}

function source(by: string, link: string | undefined): Markup {
  if (link === undefined || !link.startsWith('https://')) return html`Source: ${by}`;
  return html`Source: <a href="${link}" rel="noreferrer">${by}</a>`;
}

function driftLead({ drift: { inSync } }: Report): string {
  return inSync
    ? 'All of it is as the profile wants it. This is the same look that iamready check takes, and it changed nothing.'
    : 'What differs from the profile, and what could not be told. This is the same look that iamready check takes, and it changed nothing.';
}

const tones = { 'as it should be': 'good', differs: 'medium', 'cannot be told': 'high' } as const;
const signs = { 'as it should be': '✓', differs: '~', 'cannot be told': '!' } as const;

function drift({ drift: { rows } }: Report): Markup {
  return table(
    'Each step of the set-up',
    ['Step', 'State', 'More'],
    rows.map(({ title, state, says }) => [
      title,
      html`<span class="state ${tones[state]}"
        ><span aria-hidden="true">${signs[state]}</span> ${state}</span
      >`,
      says.length === 0
        ? undefined
        : says.length === 1
          ? prose(says[0] ?? '')
          : html`<ul class="plain">
              ${says.map((each) => html`<li>${prose(each)}</li>`)}
            </ul>`,
    ]),
    'steps',
  );
}

const historyLead =
  'What runs of iamready made and took back, from the journal on the machine that looked. What others changed stands in the audit log of Google Cloud.';

function history({ history: deeds }: Report): Markup {
  if (deeds.length === 0) return html`<p>The journal on this machine names nothing.</p>`;
  return table(
    'The newest first',
    ['When', 'What', 'By'],
    deeds.map(({ at, what, by }) => [
      html`<time class="d" datetime="${at}">${toMinute(at)}</time>`,
      prose(what),
      by ?? 'Not known',
    ]),
    'deeds',
  );
}

function next({ commands }: Report): Markup[] {
  return commands.map(
    ({ what, command: text }) =>
      html`<p>${sentence(what)}</p>
        <pre><code>${command(text)}</code></pre>`,
  );
}
