/** Text that is markup by now: only `html` makes it, and what it is made of is escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: texts are escaped, lists are joined, and nothing stands for what is absent. */
export type Slot = string | number | undefined | Markup | readonly Slot[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Markup out of a template; every value in it is escaped, so attributes must stand in quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Slot[]): Markup {
  // How a template is indented is for those who read it here.
  const tight = parts.map((part) => part.replaceAll(/\s*\n\s*/gu, '\n'));
  return new Markup(tight.map((part, at) => (at === 0 ? part : drawn(values[at - 1]) + part)).join(''));
}

function drawn(slot: Slot): string {
  if (slot === undefined) return '';
  if (slot instanceof Markup) return slot.text;
  if (typeof slot === 'string' || typeof slot === 'number') return escaped(plain(String(slot)));
  return slot.map(drawn).join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/gu, (sign) => entities[sign] ?? sign);
}

/** A text in which what would act on its surroundings instead of being shown (controls, overrides of direction) is spelt out. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\t\n\r ]+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\ufffe\uffff]/gu, (sign) =>
      sign === '\u200c' || sign === '\u200d'
        ? sign
        : String.raw`\u{${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
    );
}
