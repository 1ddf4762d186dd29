import type { Report } from '../../access/report.ts';
import { html, Markup } from './html.ts';
import { marker } from './marker.ts';
import { name } from './prose.ts';
import { sectionsOf, type Section } from './sections.ts';
import { style } from './style.ts';
import { toMinute } from './times.ts';

/** Nothing is loaded and nothing runs, whatever a name in it may hold; only its own style counts. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The report as one page that opens from a file: no network, no script. Every value in it is escaped. Pure. */
export function reportPage(report: Report): string {
  const sections = sectionsOf(report);
  const { title, email, at, operator, project, endpoint, profile, version, notes } = report;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="generator" content="${marker}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>
          <p class="eyebrow">Access report · ${profile.title}</p>
          <h1><span class="of">Access of</span> ${name(email)}</h1>
          <p class="lead">
            In the project <strong>${project}</strong>, as it was on
            <time datetime="${at}">${toMinute(at)}</time
            >${operator === undefined ? '' : html`, seen by ${operator}`}.${endpoint === undefined ? '' : html` <strong>Not Google Cloud:</strong> the cloud at ${endpoint}.`}
          </p>
        </header>
        <nav aria-label="Sections">
          <ul>
            ${sections.map(({ id, title: called }) => html`<li><a href="#${id}">${called}</a></li>`)}
          </ul>
        </nav>
        <main id="main">${sections.map(drawn)}</main>
        <footer>
          ${notes.map((note) => html`<p>${note}</p>`)}
          <p>Made by iamready ${version}. It holds no key and no token.</p>
        </footer>
      </body>
    </html> `;
  return page.text;
}

function drawn({ id, title, lead, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${lead === undefined ? '' : html`<p class="lead">${lead}</p>`}${body}
  </section> `;
}
