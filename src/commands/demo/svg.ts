import type { Colour, Run } from './cells.ts';
import type { Frame } from './frames.ts';
import { motion } from './motion.ts';
import { piecesOf } from './pieces.ts';

/** Of a cell, in pixels. Fonts for terminals are about 0.6 as wide as they are high. */
const cell = { width: 9, height: 19, font: 15 };
/** Around the cells, in pixels; on top is the window's bar. */
const around = { side: 10, top: 40, bottom: 12 };
const bar = 30;

/** Readable on the dark ground of the screen, each at 4.5 to 1 or better (WCAG 2.2, contrast). */
const ground = '#161b22';
const barGround = '#21262d';
const edge = '#3d444d';
const ink = '#e6edf3';
const faint = '#9198a1';
const shades: Readonly<Record<Colour, string>> = {
  black: faint,
  red: '#ff7b72',
  green: '#56d364',
  yellow: '#e3b341',
  blue: '#79c0ff',
  magenta: '#d2a8ff',
  cyan: '#39c5cf',
  white: ink,
};

const fonts =
  'ui-monospace,SFMono-Regular,"SF Mono",Menlo,"Cascadia Mono",Consolas,"DejaVu Sans Mono","Liberation Mono",monospace';

/** What a picture says: in its bar, and to those who do not see it. */
export interface Words {
  bar: string;
  title: string;
  desc: string;
}

/**
 * Frames as one SVG that plays them again and again, by CSS alone. Whoever wants less motion, and whatever knows no animation,
 * has the frame that stands longest. Every run of cells stands at its own column and is held to its width, so that columns
 * stay columns, whatever font there is.
 */
export function svgOf(
  frames: readonly Frame[],
  { columns, rows }: { columns: number; rows: number },
  words: Words,
): string {
  const pieces = piecesOf(frames);
  const width = columns * cell.width + 2 * around.side;
  const height = rows * cell.height + around.top + around.bottom;
  const seconds = (frames.at(-1)?.to ?? 0) - (frames[0]?.from ?? 0);
  const used = new Set<string>();
  const body = pieces.flatMap(({ rows: lines, still }, at) => [
    `<g class="f f${at}${still ? ' still' : ''}">`,
    ...lines.flatMap((line) => line.runs.map((run) => textOf(run, line.at, used))),
    '</g>',
  ]);
  const size = `width="${width}" height="${height}"`;
  const dots = [0, 1, 2].map(
    (each) => `<circle cx="${20 + each * 18}" cy="${bar / 2}" r="5" fill="${edge}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 1}" height="${height + 1}" viewBox="-.5 -.5 ${width + 1} ${height + 1}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(words.title)}</title>`,
    `<desc id="desc">${escaped(words.desc)}</desc>`,
    `<style>${looks(used)}${motion(pieces, seconds)}</style>`,
    `<rect ${size} rx="9" fill="${ground}"/>`,
    `<path d="M0 ${bar}V9a9 9 0 0 1 9-9H${width - 9}a9 9 0 0 1 9 9V${bar}z" fill="${barGround}"/>`,
    ...dots,
    `<text x="${width / 2}" y="20" class="one bar">${escaped(words.bar)}</text>`,
    `<rect class="line" y="${bar}" width="${width}" height="2" fill="${shades.cyan}"/>`,
    `<rect ${size} rx="9" fill="none" stroke="${edge}"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

function textOf(run: Run, row: number, used: Set<string>): string {
  const names = [
    ...(run.colour === undefined ? [] : [run.colour]),
    ...(run.bold ? ['bold'] : []),
    ...(run.dim ? ['dim'] : []),
  ];
  names.forEach((name) => used.add(name));
  const single = run.text.length === 1;
  if (single) names.push('one');
  const width = run.width * cell.width;
  const left = around.side + run.column * cell.width + (single ? width / 2 : 0);
  const base = around.top + row * cell.height + cell.font;
  const held = single ? '' : ` textLength="${width}"`;
  const look = names.length === 0 ? '' : ` class="${names.join(' ')}"`;
  return `<text x="${left}" y="${base}"${held}${look}>${escaped(run.text)}</text>`;
}

function looks(used: ReadonlySet<string>): string {
  const colours = Object.entries(shades).filter(([name]) => used.has(name));
  return [
    `text{font:${cell.font}px ${fonts};fill:${ink};white-space:pre}`,
    `.dim,.bar{fill:${faint}}`,
    '.bar{font-size:13px}',
    ...colours.map(([name, shade]) => `.${name}{fill:${shade}}`),
    '.bold{font-weight:700}',
    '.one{text-anchor:middle}',
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
