import type { Assignment, Reading } from './assignment.ts';

/**
 * Reads a text as `docker run --env-file` does (Docker 28, cli/pkg/kvfile): one variable a line, and whatever stands behind
 * the "=" is the value, quotes, comments and blanks included.
 */
export function readAsDocker(source: string): Reading {
  const found: Assignment[] = [];
  let odd: number | undefined;
  for (const { index, 0: whole } of source.matchAll(/[^\n]+/gu)) {
    const line = whole.replace(/\r$/u, '');
    const text = line.replace(index === 0 ? /^\uFEFF?[ \t]*/u : /^[ \t]*/u, '');
    const from = index + line.length - text.length;
    const equals = text.indexOf('=');
    if (text.startsWith('#') || equals === -1) continue;
    const name = text.slice(0, equals);
    // Docker refuses the whole file for one such line.
    const isOdd = name === '' || /[ \t]/u.test(name);
    if (isOdd) odd ??= from;
    found.push({ name, value: isOdd ? undefined : text.slice(equals + 1), from, to: index + line.length });
  }
  return odd === undefined ? { found } : { found, odd };
}
