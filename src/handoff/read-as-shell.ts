import type { Assignment, Reading } from './assignment.ts';
import { readWord, Unclosed, type ShellWord } from './shell-word.ts';

/**
 * Reads a text as `. ./.env` does in sh, dash and bash: the variables that are set once it has run. Commands are not run,
 * so a variable that one would set is not known here.
 */
export function readAsShell(source: string): Reading {
  const found: Assignment[] = [];
  let words: ShellWord[] = [];
  let odd: number | undefined;
  const endCommand = () => {
    found.push(...assignmentsOf(words, source));
    odd ??= stopIn(words)?.from;
    words = [];
  };
  for (let at = 0; at < source.length;) {
    const mark = source.charAt(at);
    if (mark === ' ' || mark === '\t') at++;
    else if (source.startsWith('\\\n', at)) at += 2;
    else if (mark === '\n') {
      endCommand();
      at++;
    } else if (mark === '#') {
      const end = source.indexOf('\n', at);
      at = end === -1 ? source.length : end;
    } else if (/[;&|<>()]/u.test(mark)) {
      // At a bracket, or where a command is awaited, a shell may give the whole file up; at "&" and ";" behind one it goes on.
      if (words.length === 0 || !/[;&]/u.test(mark)) odd ??= at;
      endCommand();
      at++;
    } else {
      const word = readWord(source, at);
      if (word instanceof Unclosed) return { found, open: word };
      words.push(word);
      at = word.to;
    }
  }
  endCommand();
  return odd === undefined ? { found } : { found, odd };
}

/** What one command sets for good: `A=1 B=2` alone, or after `export`. Before another command it is for that one only. */
function assignmentsOf(words: readonly ShellWord[], source: string): Assignment[] {
  const [first] = words;
  const exported = first !== undefined && /^(?:export|readonly)$/u.test(first.text);
  const all = words.slice(exported ? 1 : 0).map((word) => assignmentIn(word, source));
  const sure = all.filter((each) => each !== undefined);
  return exported || sure.length === all.length ? sure : [];
}

/** A word at which a shell gives the file up: a "}" that closes nothing; a name that dash refuses to export. */
function stopIn([first, ...rest]: readonly ShellWord[]): ShellWord | undefined {
  if (first?.text === '}') return first;
  return first?.text === 'export'
    ? rest.find(({ text, computed }) => !computed && !/^[A-Za-z_]\w*(?:\+?=|$)/u.test(text))
    : undefined;
}

function assignmentIn(word: ShellWord, source: string): Assignment | undefined {
  const { from, to, text, computed } = word;
  const sign = /^(?<name>[A-Za-z_]\w*)(?<plus>\+?)=/u.exec(source.slice(from, to))?.groups;
  if (!sign) return undefined;
  const { name = '', plus = '' } = sign;
  const value = computed || plus !== '' ? undefined : text.slice(name.length + 1);
  return { name, value, from, to };
}
