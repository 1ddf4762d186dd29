import type { NodeState } from '../wizard/node.ts';

/** The mark of each state of a step, as words for the eye. */
export type Glyphs = Readonly<Record<NodeState, string>>;

const unicode: Glyphs = {
  pending: '○',
  looking: '●',
  ready: '✓',
  differs: '~',
  blocked: '!',
  declined: '○',
  acting: '●',
  settling: '●',
  failed: '✗',
};

const ascii: Glyphs = {
  pending: '.',
  looking: '>',
  ready: 'ok',
  differs: '~',
  blocked: '!',
  declined: '.',
  acting: '>',
  settling: '>',
  failed: 'x',
};

/** True if this environment shows more than ASCII: a UTF-8 locale (or Windows), and not a dumb terminal. */
export function showsUnicode(env: NodeJS.ProcessEnv, platform = process.platform): boolean {
  if (env['TERM'] === 'dumb') return false;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return platform === 'win32' || platform === 'darwin' || /utf-?8/i.test(locale);
}

export function glyphsFor(env: NodeJS.ProcessEnv): Glyphs {
  return showsUnicode(env) ? unicode : ascii;
}
