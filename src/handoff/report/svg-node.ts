import type { PictureNode } from '../../access/picture.ts';
import { fitted } from './fit-text.ts';
import { html, plain, type Markup } from './html.ts';

const label = { size: 13, line: 17 };
const detail = { size: 11.5, line: 15 };
const padding = 10;

/** A node with a place and a size, in px. */
export interface Box {
  readonly node: PictureNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly { readonly text: string; readonly small: boolean }[];
}

/** Gives a node the height that its lines need in this width. */
export function boxOf(node: PictureNode, x: number, y: number, width: number): Box {
  const room = width - 2 * padding;
  const texts = (text: string, { size }: { size: number }, most: number, small: boolean) =>
    fitted(plain(text), room, size, most).map((line) => ({ text: line, small }));
  const lines = [
    ...texts(`${node.risky ? '! ' : ''}${node.label}`, label, 4, false),
    ...texts(node.detail ?? '', detail, 4, true),
  ];
  const height = lines.reduce((sum, { small }) => sum + (small ? detail : label).line, 2 * padding - 2);
  return { node, x, y, width, height, lines };
}

/** Draws it: a broken line around what has no effect, a strong one around what is a risk. */
export function drawnBox({ node, x, y, width, height, lines }: Box): Markup {
  const kind = ['node', ...(node.dead ? ['dead'] : []), ...(node.risky ? ['risky'] : [])].join(' ');
  let at = y + padding - 1;
  return html`<g class="${kind}"
    ><rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}" rx="7" />${lines.map(
      ({ text, small }) => {
        at += (small ? detail : label).line;
        return html`<text x="${r(x + padding)}" y="${r(at - 4)}" ${small ? html` class="small"` : ''}
          >${text}</text
        >`;
      },
    )}</g
  >`;
}

/** A number with one digit behind the point at most. */
export function r(value: number): number {
  return Math.round(value * 10) / 10;
}
