import type { Picture } from '../../access/picture.ts';
import { html, type Markup } from './html.ts';
import { boxOf, drawnBox, r, type Box } from './svg-node.ts';

const headHeight = 30;
const rowGap = 12;
/** Of the four columns, of what is left between the gaps. */
const shares = [0.31, 0.22, 0.29, 0.18];

/** The picture in columns from left to right. @param width in px; letters keep their size */
export function inColumns(picture: Picture, width: number, name: string): Markup {
  const gap = width > 900 ? 56 : 30;
  const room = width - 2 - gap * (picture.layers.length - 1);
  let x = 1;
  const columns = picture.layers.map(({ title, nodes }, at) => {
    const column = { x, width: room * (shares[at] ?? 1 / picture.layers.length), title };
    let y = 0;
    const boxes = nodes.map((node) => {
      const box = boxOf(node, column.x, y, column.width);
      y += box.height + rowGap;
      return box;
    });
    x += column.width + gap;
    return { ...column, boxes, height: Math.max(0, y - rowGap) };
  });
  const tallest = Math.max(...columns.map(({ height }) => height), 40);
  const placed = new Map<string, Box>();
  for (const { boxes, height } of columns)
    for (const box of boxes)
      placed.set(box.node.id, { ...box, y: box.y + headHeight + (tallest - height) / 2 });
  const edges = picture.edges.flatMap(({ from, to, dead }) => {
    const a = placed.get(from);
    const b = placed.get(to);
    return a === undefined || b === undefined ? [] : [curve(a, b, dead)];
  });
  return frame(picture, name, width, headHeight + tallest + 2, [
    columns.map(({ x: left, title }) => html`<text class="head" x="${r(left)}" y="14">${title}</text>`),
    edges,
    [...placed.values()].map(drawnBox),
  ]);
}

function curve(a: Box, b: Box, dead: boolean): Markup {
  const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2];
  const bend = (x2 - x1) * 0.55;
  return html`<path
    class="${dead ? 'edge dead' : 'edge'}"
    d="M${r(x1)} ${r(y1)}C${r(x1 + bend)} ${r(y1)} ${r(x2 - bend)} ${r(y2)} ${r(x2)} ${r(y2)}"
  />`;
}

/** The picture from top to bottom, for narrow screens: what leads where is told by the order of its layers. */
export function inRows(picture: Picture, width: number, name: string): Markup {
  const drawn: Markup[] = [];
  let y = 0;
  for (const [at, { title, nodes }] of picture.layers.entries()) {
    if (at > 0) {
      drawn.push(html`<path class="edge" d="M${r(width / 2)} ${r(y + 2)}V${r(y + 20)}m-5 -6l5 6l5 -6" />`);
      y += 28;
    }
    drawn.push(html`<text class="head" x="1" y="${r(y + 14)}">${title}</text>`);
    y += headHeight - 6;
    // What the roles hold is short, and stands in two columns.
    const across = at === picture.layers.length - 1 && at > 0 ? 2 : 1;
    const each = (width - 2 - (across - 1) * rowGap) / across;
    for (let from = 0; from < nodes.length; from += across) {
      const row = nodes
        .slice(from, from + across)
        .map((node, n) => boxOf(node, 1 + n * (each + rowGap), y, each));
      drawn.push(...row.map(drawnBox));
      y += Math.max(...row.map(({ height }) => height)) + rowGap - 4;
    }
  }
  return frame(picture, name, width, y, drawn);
}

function frame(
  picture: Picture,
  name: string,
  width: number,
  height: number,
  content: readonly (Markup | readonly Markup[])[],
): Markup {
  const counts = picture.layers.map(
    ({ title, nodes }) => `${title}: ${nodes.map(({ label }) => label).join(', ') || 'nobody'}`,
  );
  return html`<svg
    class="${name}"
    role="img"
    aria-labelledby="${name}-title ${name}-desc"
    viewBox="0 0 ${r(width)} ${r(height)}"
    width="${r(width)}"
    height="${r(height)}"
  >
    <title id="${name}-title">Who can use the account, and what it may do</title>
    <desc id="${name}-desc">${counts.join('. ')}. The sections below tell the same in lists.</desc>
    ${content}
  </svg>`;
}
