/** A reference or another expression, written as it is: `google_service_account.account.email`. Never a person's text. */
export interface Expression {
  readonly hcl: string;
}

/** What an attribute can be. Parts of a template are texts, and expressions between them. */
export type HclValue =
  | string
  | boolean
  | Expression
  | { readonly template: readonly (string | Expression)[] }
  | { readonly list: readonly HclValue[] }
  | { readonly map: Readonly<Record<string, HclValue>> };

/** One thing in a body: an attribute, a block, a comment, or an empty line between groups. */
export type HclItem =
  | { readonly attribute: string; readonly value: HclValue }
  | { readonly block: string; readonly labels?: readonly string[]; readonly body: readonly HclItem[] }
  /** `alone`: about nothing that follows. Lines of it begin with their mark. */
  | { readonly comment: string; readonly alone?: true };

/**
 * Writes a file of HCL as `terraform fmt` leaves it: two columns a level, equals signs of neighbours aligned. Whatever is in
 * a text, it is that text when Terraform reads it.
 */
export function hclText(items: readonly HclItem[]): string {
  return `${itemLines(items, 0).join('\n')}\n`;
}

function itemLines(items: readonly HclItem[], depth: number): string[] {
  const pad = '  '.repeat(depth);
  const lines: string[] = [];
  let before: 'none' | 'line' | 'tall' | 'comment' = 'none';
  for (let at = 0; at < items.length;) {
    const item = items[at];
    if (item === undefined) break;
    if ('comment' in item) {
      if (before === 'line' || before === 'tall') lines.push('');
      lines.push(...item.comment.split('\n').map((line) => `${pad}${line}`));
      before = item.alone ? 'tall' : 'comment';
      at++;
    } else if ('block' in item) {
      if (before === 'line' || before === 'tall') lines.push('');
      lines.push(...blockLines(item, depth));
      before = 'tall';
      at++;
    } else if (isTall(item.value)) {
      if (before === 'line' || before === 'tall') lines.push('');
      lines.push(`${pad}${item.attribute} = ${valueText(item.value, depth)}`);
      before = 'tall';
      at++;
    } else {
      if (before === 'tall') lines.push('');
      const group = items.slice(at).flatMap((each, index, rest) => {
        const isFirst = rest.slice(0, index).every((one) => 'attribute' in one && !isTall(one.value));
        return isFirst && 'attribute' in each && !isTall(each.value) ? [each] : [];
      });
      const width = Math.max(...group.map(({ attribute }) => attribute.length));
      for (const { attribute, value } of group)
        lines.push(`${pad}${attribute.padEnd(width)} = ${valueText(value, depth)}`);
      before = 'line';
      at += group.length;
    }
  }
  return lines;
}

function blockLines(
  { block, labels = [], body }: Extract<HclItem, { block: string }>,
  depth: number,
): string[] {
  const pad = '  '.repeat(depth);
  const head = [block, ...labels.map(quotedText)].join(' ');
  if (body.length === 0) return [`${pad}${head} {}`];
  return [`${pad}${head} {`, ...itemLines(body, depth + 1), `${pad}}`];
}

/** Whether it takes several lines. */
function isTall(value: HclValue): boolean {
  if (typeof value !== 'object') return false;
  return 'map' in value || ('list' in value && value.list.length > 1);
}

function valueText(value: HclValue, depth: number): string {
  if (typeof value === 'string') return quotedText(value);
  if (typeof value === 'boolean') return String(value);
  if ('hcl' in value) return value.hcl;
  if ('template' in value)
    return `"${value.template.map((part) => (typeof part === 'string' ? escaped(part) : `\${${part.hcl}}`)).join('')}"`;
  const pad = '  '.repeat(depth);
  if ('list' in value) {
    if (!isTall(value)) return `[${value.list.map((each) => valueText(each, depth)).join(', ')}]`;
    return `[\n${value.list.map((each) => `${pad}  ${valueText(each, depth + 1)},\n`).join('')}${pad}]`;
  }
  const keys = Object.entries(value.map).map(([key, each]) => [quotedKey(key), each] as const);
  const width = Math.max(...keys.map(([key]) => key.length));
  return `{\n${keys
    .map(([key, each]) => `${pad}  ${key.padEnd(width)} = ${valueText(each, depth + 1)}\n`)
    .join('')}${pad}}`;
}

const quotedKey = (key: string) => (/^[a-z_]+$/u.test(key) ? key : quotedText(key));

const quotedText = (text: string): string => `"${escaped(text)}"`;

/** HCL native syntax, "Quoted templates": `${` and `%{` begin what is evaluated, and are doubled to stand for themselves. */
function escaped(text: string): string {
  return text
    .replaceAll(/["\\]/gu, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(
      /[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu,
      (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll(/([$%])\{/gu, '$1$1{');
}
