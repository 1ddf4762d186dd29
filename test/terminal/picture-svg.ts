import type { Cells, Colour, Run } from './picture-cells.ts';

/** Of a cell, in pixels. Fonts for terminals are about 0.6 as wide as they are high. */
const cell = { width: 9, height: 19, font: 15 };
/** Around the cells of a screen, and between two screens, in pixels. */
const around = { side: 8, top: 12, bottom: 2 };
const gap = 14;

/** Readable on the dark ground of the screen, each at 4.5 to 1 or better (WCAG 2.2, contrast). */
const ground = '#161b22';
const edge = '#3d444d';
const ink = '#e6edf3';
const faint = '#9198a1';
const shades: Partial<Record<Colour, string>> = {
  red: '#ff7b72',
  green: '#56d364',
  yellow: '#e3b341',
  cyan: '#39c5cf',
};

const fonts =
  'ui-monospace,SFMono-Regular,"SF Mono",Menlo,"Cascadia Mono",Consolas,"DejaVu Sans Mono","Liberation Mono",monospace';

/** What a picture says to those who do not see it. */
export interface Words {
  title: string;
  desc: string;
}

/**
 * Screens one below the other, each on a ground of its own, as an SVG file: every run of cells stands at its own column
 * and is held to its width, so that whatever font there is, columns stay columns.
 */
export function svgOf(screens: readonly Cells[], { title, desc }: Words): string {
  let top = 0.5;
  let width = 0;
  const parts: string[] = [];
  const used = new Set<string>();
  for (const { columns, rows, runs } of screens) {
    const size = {
      width: columns * cell.width + 2 * around.side,
      height: rows * cell.height + around.top + around.bottom,
    };
    parts.push(
      `<g transform="translate(.5 ${top})">`,
      `<rect width="${size.width}" height="${size.height}" rx="8" fill="${ground}" stroke="${edge}"/>`,
      ...runs.map((run) => textOf(run, used)),
      '</g>',
    );
    width = Math.max(width, size.width);
    top += size.height + gap;
  }
  const height = top - gap;
  const box = `${width + 1} ${height + 0.5}`;
  const [wide, high] = box.split(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${box}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${escaped(desc)}</desc>`,
    `<style>${styles(used)}</style>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function textOf(run: Run, used: Set<string>): string {
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
  const base = around.top + run.row * cell.height + cell.font;
  const held = single ? '' : ` textLength="${width}"`;
  const look = names.length === 0 ? '' : ` class="${names.join(' ')}"`;
  return `<text x="${left}" y="${base}"${held}${look}>${escaped(run.text)}</text>`;
}

function styles(used: ReadonlySet<string>): string {
  const colours = Object.entries(shades).filter(([name]) => used.has(name));
  const missing = [...used].filter((name) => !['bold', 'dim', ...Object.keys(shades)].includes(name));
  if (missing.length > 0) throw new Error(`the picture has no shade of ${missing.join(', ')}`);
  return [
    `text{font:${cell.font}px ${fonts};fill:${ink}}`,
    `.dim{fill:${faint}}`,
    ...colours.map(([name, shade]) => `.${name}{fill:${shade}}`),
    '.bold{font-weight:700}',
    '.one{text-anchor:middle}',
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
