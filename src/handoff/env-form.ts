import { notAName, notWritable, type EnvTrouble } from './env-trouble.ts';

/** For whom the file is: dotenv, shells and Node all at once, or Docker's `--env-file`. */
export type EnvFormat = 'dotenv' | 'docker';

/** A value as it stands behind the "=" (`text`) and as it is read from there (`reads`), or why it cannot be written. */
export type EnvForm =
  { kind: 'form'; text: string; reads: string } | { kind: 'refused'; trouble: EnvTrouble };

/** Docker's reader gives up at a line of 64 KiB (Docker 28, bufio.MaxScanTokenSize). */
const DOCKER_LINE_BYTES = 65_535;

/**
 * Writes a value so that every reader gets the same bytes.
 *
 * For dotenv, shells and Node that is single quotes with real line breaks; double quotes where the value holds a single
 * quote. A line break written `\n` would stay as it is in a shell. Docker knows neither quotes nor line breaks: there they
 * become `\n`, which the program that reads the variable has to turn back.
 */
export function formOf(name: string, value: string, format: EnvFormat): EnvForm {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name)) return { kind: 'refused', trouble: notAName(name) };
  const refuse = (because: string): EnvForm => ({ kind: 'refused', trouble: notWritable(name, because) });
  if (/[\r\0]/u.test(value)) return refuse('it holds a carriage return or a NUL, which Node leaves out');
  if (!value.isWellFormed()) return refuse('it holds half a character, which no UTF-8 file can');
  return format === 'docker' ? dockerForm(name, value, refuse) : quotedForm(value, refuse);
}

function quotedForm(value: string, refuse: (because: string) => EnvForm): EnvForm {
  if (value.endsWith('\\'))
    return refuse('it ends in a backslash, which dotenv takes for a part of the quote');
  if (!value.includes("'")) return { kind: 'form', text: `'${value}'`, reads: value };
  if (/["$`\\]/u.test(value))
    return refuse(
      'it holds a single quote beside one of " $ ` \\, for which dotenv, shells and Node have no common form',
    );
  return { kind: 'form', text: `"${value}"`, reads: value };
}

function dockerForm(name: string, value: string, refuse: (because: string) => EnvForm): EnvForm {
  if (value.includes('\n') && value.includes('\\n'))
    return refuse('it holds line breaks and "\\n", which could not be told apart');
  const text = value.replaceAll('\n', '\\n');
  if (Buffer.byteLength(`${name}=${text}`) > DOCKER_LINE_BYTES)
    return refuse('Docker reads lines of less than 64 KiB');
  return { kind: 'form', text, reads: text };
}
