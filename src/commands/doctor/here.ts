import manifest from '../../../package.json' with { type: 'json' };
import { canDraw } from '../../faces/tui/can-draw.ts';
import { showsColour } from '../../faces/tui/colour.ts';
import { showsUnicode } from '../../print/glyphs.ts';
import type { Check, Checks } from './check.ts';

/** What of a terminal's output decides how it is written to; absent where it is no terminal. */
export type Screen = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>>;

/** This program and the terminal that it runs in. */
export function thisProgram(env: NodeJS.ProcessEnv, out: Screen): Checks[] {
  const { node } = process.versions;
  return [
    {
      title: 'This program',
      checks: [
        { name: 'iamready', text: manifest.version },
        { name: 'Node', text: `${node} on ${process.platform} ${process.arch}` },
      ],
    },
    { title: 'Terminal', checks: [...terminal(env, out), ...proxies(env)] },
  ];
}

function terminal(env: NodeJS.ProcessEnv, out: Screen): Check[] {
  const { columns = 0, rows = 0, isTTY = false } = out;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'none';
  const reader = env['INK_SCREEN_READER'] ? ['for a screen reader'] : [];
  const screen = canDraw(out, env) ? 'questions are drawn' : 'questions are asked in lines';
  return [
    { name: 'TERM', text: env['TERM'] ?? 'not set' },
    {
      name: 'size',
      text: isTTY
        ? [`${columns} by ${rows}`, screen, ...reader].join(', ')
        : 'no terminal: this is written elsewhere',
    },
    { name: 'colours', text: showsColour(out, env) ? 'yes' : 'no' },
    { name: 'text', text: `${showsUnicode(env) ? 'Unicode' : 'ASCII'} (locale ${locale})` },
  ];
}

/** Their names and hosts alone: a password may stand in them. */
function proxies(env: NodeJS.ProcessEnv): Check[] {
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].flatMap((name): Check[] => {
    const value = env[name];
    if (!value) return [];
    if (URL.canParse(value) && new URL(value).host !== '') return [{ name, text: new URL(value).host }];
    return [{ name, text: 'not a URL', remedy: `set ${name} as http://HOST:PORT, or unset it` }];
  });
}
