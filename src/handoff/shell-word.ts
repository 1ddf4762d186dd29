/** One word of a shell's command. Offsets count UTF-16 units. */
export interface ShellWord {
  readonly from: number;
  /** One past its last character. */
  readonly to: number;
  /** Its text with quotes and escapes taken away. */
  readonly text: string;
  /** Expanded by the shell (`$HOME`, `` `date` ``, `~`), so that `text` is not what comes out. */
  readonly computed: boolean;
}

/** A quote, bracket or escape that nothing closes. */
export class Unclosed {
  readonly at: number;
  readonly mark: string;

  constructor(at: number, mark: string) {
    this.at = at;
    this.mark = mark;
  }
}

/**
 * Reads the word that begins at `from`, as POSIX.1-2024 (Shell Command Language, 2.2 Quoting) says and bash and dash do.
 * @param from - of a character that begins a word: no blank, no line end, no operator
 */
export function readWord(source: string, from: number): ShellWord | Unclosed {
  let at = from;
  let text = '';
  let computed = false;
  while (at < source.length && !/[ \t\n;&|<>()]/u.test(source.charAt(at))) {
    const mark = source.charAt(at);
    if (mark === '\\') {
      // At the very end it stands for itself, and waits for more: whatever is appended would be joined to it.
      if (at + 1 === source.length) return new Unclosed(at, mark);
      if (source[at + 1] !== '\n') text += source.charAt(at + 1);
      at += 2;
    } else if (mark === "'") {
      const close = source.indexOf(mark, at + 1);
      if (close === -1) return new Unclosed(at, mark);
      text += source.slice(at + 1, close);
      at = close + 1;
    } else if (mark === '"') {
      const inner = readDoubleQuoted(source, at);
      if (inner instanceof Unclosed) return inner;
      text += inner.text;
      computed ||= inner.computed;
      at = inner.to;
    } else {
      const past = pastExpansion(source, at);
      if (past instanceof Unclosed) return past;
      const tilde = mark === '~' && (text === '' || /[:=]$/u.test(text));
      computed ||= past !== undefined || tilde || (mark === '$' && /['"]/u.test(source.charAt(at + 1)));
      text += mark;
      at = past ?? at + 1;
    }
  }
  return { from, to: at, text, computed };
}

function readDoubleQuoted(source: string, from: number): ShellWord | Unclosed {
  let text = '';
  let computed = false;
  for (let at = from + 1; at < source.length;) {
    const mark = source.charAt(at);
    if (mark === '"') return { from, to: at + 1, text, computed };
    const escaped = mark === '\\' ? source.charAt(at + 1) : '';
    if (escaped !== '' && '$`"\\\n'.includes(escaped)) {
      if (escaped !== '\n') text += escaped;
      at += 2;
      continue;
    }
    const past = pastExpansion(source, at);
    if (past instanceof Unclosed) return past;
    computed ||= past !== undefined;
    text += mark;
    at = past ?? at + 1;
  }
  return new Unclosed(from, '"');
}

/** One past the expansion that begins at `from`; undefined if none does. */
function pastExpansion(source: string, from: number): number | Unclosed | undefined {
  const mark = source.charAt(from);
  const next = source.charAt(from + 1);
  if (mark === '`') return pastBackticks(source, from);
  if (mark !== '$') return undefined;
  if (next === '(') return pastBrackets(source, from, next, ')');
  if (next === '{') return pastBrackets(source, from, next, '}');
  return /[\w@*#?$!-]/u.test(next) ? from + 2 : undefined;
}

function pastBackticks(source: string, from: number): number | Unclosed {
  for (let at = from + 1; at < source.length; at += source[at] === '\\' ? 2 : 1)
    if (source[at] === '`') return at + 1;
  return new Unclosed(from, '`');
}

function pastBrackets(source: string, from: number, open: string, close: string): number | Unclosed {
  let depth = 1;
  for (let at = from + 2; at < source.length;) {
    const mark = source.charAt(at);
    if (mark === close && --depth === 0) return at + 1;
    if (mark === open) depth++;
    if (mark === "'" || mark === '"' || mark === '`') {
      const past = pastQuote(source, at);
      if (past instanceof Unclosed) return past;
      at = past;
    } else at += mark === '\\' ? 2 : 1;
  }
  return new Unclosed(from, `$${open}`);
}

function pastQuote(source: string, from: number): number | Unclosed {
  const mark = source.charAt(from);
  if (mark === '`') return pastBackticks(source, from);
  if (mark === '"') {
    const inner = readDoubleQuoted(source, from);
    return inner instanceof Unclosed ? inner : inner.to;
  }
  const close = source.indexOf(mark, from + 1);
  return close === -1 ? new Unclosed(from, mark) : close + 1;
}
