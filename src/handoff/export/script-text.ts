import { quoted, shellWord, type Word } from '../shell-line.ts';

/** A comment of one line, whatever is in the text. Its mark begins lines in shells, HCL, YAML and env files alike. */
export function comment(text: string): string {
  return `# ${text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim()}`;
}

/** What stands around a command on its line, or its last. */
interface Around {
  before?: string;
  after?: string;
}

/** A script that is being written, at some depth of its blocks. */
export class Script {
  readonly #lines: string[] = [];
  #depth = 0;

  /** One line of it; nothing is an empty one. */
  line(text = ''): this {
    this.#lines.push(text === '' ? '' : `${'  '.repeat(this.#depth)}${text}`);
    return this;
  }

  /** A command, with a flag a line where it would be wider than 100 columns. */
  run(words: readonly Word[], { before = '', after = '' }: Around = {}): this {
    const texts = words.map(flagOrWord);
    const whole = `${before}${texts.join(' ')}${after}`;
    if (whole.length + 2 * this.#depth <= 100) return this.line(whole);
    const flag = texts.findIndex((text) => /^--/u.test(text));
    const [head, flags] = flag < 0 ? [texts, []] : [texts.slice(0, flag), texts.slice(flag)];
    const next = ` \\\n${'  '.repeat(this.#depth + 1)}`;
    return this.line(`${before}${[head.join(' '), ...flags].join(next)}${after}`);
  }

  /** What stands between two lines, one step deeper. */
  block(open: string, inside: (script: this) => unknown, close: string): this {
    return this.line(open).inner(inside).line(close);
  }

  /** What `inside` writes, one step deeper. */
  inner(inside: (script: this) => unknown): this {
    this.#depth++;
    inside(this);
    this.#depth--;
    return this;
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

/** A flag's value is quoted by itself, for whoever reads it. */
function flagOrWord(word: Word): string {
  const [flag] = (typeof word === 'string' && /^--[a-z-]+=(?!$)/u.exec(word)) || [];
  return flag === undefined || typeof word !== 'string'
    ? shellWord(word)
    : `${flag}${quoted(word.slice(flag.length))}`;
}
