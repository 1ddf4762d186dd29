import type { Assignment, Reading } from './assignment.ts';
import { withoutReturns } from './line-ends.ts';

/**
 * Reads a text as `node --env-file` and `util.parseEnv` do (Node 22 and 24, `src/node_dotenv.cc`). It never fails. Habits
 * of its own: the first `"` ends a value, also after a backslash; after `NAME=` and a blank the value may stand on a later
 * line; a comment is one only where nothing, not even a blank, stands before its `#`, or after a value without quotes.
 */
export function readAsNode(source: string): Reading {
  const { text, original } = withoutReturns(source, /\r/gu);
  const found: Assignment[] = [];
  const end = beforeBlanks(text, text.length);
  const stop = /[=\n]/gu;
  let at = pastBlanks(text, 0);
  while (at < end) {
    stop.lastIndex = at;
    const sign = stop.exec(text)?.index ?? end;
    if (text[at] === '\n' || text[at] === '#') at = lineEnd(text, at, end) + 1;
    else if (text[sign] !== '=') at = pastBlanks(text, sign + 1);
    else {
      const from = original(at);
      const key = trimmed(text.slice(at, sign));
      const name = trimmed(key.replace(/^export /u, ''));
      at = sign + 1;
      if (at >= end || text[at] === '\n') {
        // Here Node takes `export` for a part of the name.
        found.push({ name: key, value: '', from, to: original(at) });
        continue;
      }
      at = pastBlanks(text, at);
      if (name === '') continue;
      const { value, to, next } = valueAt(text, at, end);
      found.push({ name, value, from, to: original(to) });
      at = next;
    }
  }
  return { found };
}

function valueAt(text: string, at: number, end: number): { value: string; to: number; next: number } {
  const mark = text.charAt(at);
  const isQuote = /['"`]/u.test(mark);
  const close = isQuote ? text.indexOf(mark, at + 1) : -1;
  if (close !== -1) {
    const inner = text.slice(at + 1, close);
    const value = mark === '"' ? inner.replaceAll('\\n', '\n') : inner;
    return { value, to: close + 1, next: lineEnd(text, close + 1, end) + 1 };
  }
  const line = lineEnd(text, at, end);
  const rest = text.slice(at, line);
  const value = isQuote ? rest : trimmed(rest.split('#', 1)[0] ?? '');
  return { value, to: at + value.length, next: pastBlanks(text, line + 1) };
}

function lineEnd(text: string, from: number, end: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 || at > end ? end : at;
}

// Node's blanks are these three.
const isBlank = (mark: string) => mark === ' ' || mark === '\t' || mark === '\n';

function pastBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charAt(at))) at++;
  return at;
}

function beforeBlanks(text: string, to: number): number {
  let at = to;
  while (at > 0 && isBlank(text.charAt(at - 1))) at--;
  return at;
}

function trimmed(text: string): string {
  return text.slice(pastBlanks(text, 0), beforeBlanks(text, text.length));
}
