import type { Assignment, Reading } from './assignment.ts';
import { withoutReturns } from './line-ends.ts';

// What dotenv 16, 17 and 18 take for an assignment (its `lib/main.js`): `NAME=` or `NAME: `, then a value in quotes, which
// may span lines if nothing but a comment follows it, or what else stands on the line before a "#".
const start = /^([^\S\n]*(?:export\s+)?)([\w.-]+)(?:\s*=|:\s)/gmu;
const quoted = /\s*(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`)(?=[^\S\n]*(?:#|$))/muy;
const bare = /[^#\n]+/uy;

/** Reads a text as the npm package dotenv does. It never fails: what it cannot read, it leaves out. */
export function readAsDotenv(source: string): Reading {
  const { text: joined, original } = withoutReturns(source, /\r(?=\n)/gu);
  const text = joined.replaceAll('\r', '\n');
  const found: Assignment[] = [];
  start.lastIndex = 0;
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const [whole, lead = '', name = ''] = match;
    const at = match.index + whole.length;
    const raw = matchAt(quoted, text, at) ?? matchAt(bare, text, at) ?? '';
    const to = at + raw.trimEnd().length;
    found.push({
      name,
      value: unquoted(raw.trim()),
      from: original(match.index + lead.length),
      to: original(to),
    });
    // A value takes up its line, so that the next one starts on a line of its own.
    start.lastIndex = at + raw.length;
  }
  return { found };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function unquoted(value: string): string {
  const inner = value.replace(/^(['"`])([\s\S]*)\1$/gmu, '$2');
  return value.startsWith('"') ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}
