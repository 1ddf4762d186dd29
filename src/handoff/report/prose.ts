import { html, type Markup } from './html.ts';
import { sentence } from './times.ts';

/** A name of the cloud's, which may break behind its signs and before its capitals, and nowhere else while it fits. */
export function name(text: string): Markup {
  const parts = text.split(/(?<=[./:@_-])(?=[^./:@_-])|(?<=[a-z])(?=[A-Z])/u);
  return html`${parts.map((part, at) => (at === 0 ? part : html`<wbr />${part}`))}`;
}

/** The same, set as code. */
export function code(text: string): Markup {
  return html`<code>${name(text)}</code>`;
}

/** A text as it stands, in which days do not break. */
export function dated(text: string): Markup {
  const parts = text.split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d UTC)?)/u);
  return html`${parts.map((part, at) => (at % 2 === 1 ? html`<span class="d">${part}</span>` : part))}`;
}

/** A text that stands as a sentence. Nothing where there is none. */
export function prose(text: string): Markup | undefined {
  return text === '' ? undefined : dated(sentence(text));
}

/** A command whose words break only between them, while they fit. */
export function command(text: string): Markup {
  const words = text.split(' ');
  return html`${words.map((word, at) => html`${at === 0 ? '' : ' '}<span class="w">${word}</span>`)}`;
}
