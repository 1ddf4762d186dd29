import type { Unclosed } from './shell-word.ts';

/** Why an env file, or a value for one, cannot be used. It is always the person's move. No text of it holds a value. */
export interface EnvTrouble {
  readonly kind:
    /** What should be written: no name of a variable, or a value that no form can carry. */
    | 'name'
    | 'value'
    /** What stands in the file cannot be understood. */
    | 'unclosed'
    | 'unclear'
    | 'not-text'
    | 'too-large'
    /** Where the file lies, or what it is. */
    | 'not-a-file'
    | 'no-folder'
    | 'system'
    | 'exposed'
    | 'tracked'
    /** Somebody else goes on writing it. */
    | 'changed';
  /** What was found, with the place. */
  readonly what: string;
  readonly why?: string;
  /** The one next step. */
  readonly next: string;
  /** Counted from 1. */
  readonly line?: number;
  /** The code of the operating system, where it refused. */
  readonly code?: string;
}

/** The line, counted from 1, on which `at` stands. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

export function notAName(name: string): EnvTrouble {
  return {
    kind: 'name',
    what: `${JSON.stringify(name)} is no name of a variable`,
    next: 'use letters, digits and "_", not starting with a digit',
  };
}

export function notWritable(name: string, because: string): EnvTrouble {
  return {
    kind: 'value',
    what: `the value of ${name} cannot be written`,
    why: because,
    next: 'choose another value, or set this variable by hand',
  };
}

export function unclosed(text: string, { at, mark }: Unclosed): EnvTrouble {
  const line = lineOf(text, at);
  const backslash = mark === '\\';
  return {
    kind: 'unclosed',
    what: backslash
      ? `line ${line} ends in a backslash, which takes in whatever follows`
      : `line ${line} opens ${mark}, and nothing closes it`,
    next: 'put the whole value of that line in single quotes, then run this again',
    line,
  };
}

export function unclear(line: number): EnvTrouble {
  return {
    kind: 'unclear',
    what: `line ${line} would be read in another way once something is written to the file`,
    why: 'dotenv, shells and Node do not agree on what it says',
    next: `write NAME='value' there, alone on its line, then run this again`,
    line,
  };
}

export function notText(line: number, found: 'a NUL character' | 'bytes that are not UTF-8'): EnvTrouble {
  return {
    kind: 'not-text',
    what: `line ${line} holds ${found}`,
    why: 'an env file is text',
    next: 'save the file as UTF-8, then run this again',
    line,
  };
}
