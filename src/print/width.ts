import { printable } from './printable.ts';

const clusters = new Intl.Segmenter();
const ascii = /^[\x20-\x7e]*$/;
const emoji = /^\p{RGI_Emoji}$/v;
const keycap = /^[\d#*]\u20e3$/;
const invisible =
  /[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Surrogate}]/v;
// Unicode's EastAsianWidth.txt, W and F, in blocks; code points in them that nothing is assigned to count two as well.
const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/v;

// Taking text apart into clusters costs microseconds a character, and the same names and marks are drawn at every key.
const known = new Map<string, number>();
const most = 5000;
const longest = 200;

function remember(text: string, width: number): void {
  if (known.size >= most) known.clear();
  known.set(text, width);
}

/**
 * How many columns a terminal gives this text, once it is made printable: wide characters and emoji take two, marks and
 * joiners none. Never less than what Ink counts; a cluster that it knows no better counts as the sum of its parts.
 */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = known.get(text);
  if (width !== undefined) return width;
  width = 0;
  for (const { segment } of clusters.segment(printable(text))) width += clusterWidth(segment);
  if (text.length <= longest) remember(text, width);
  return width;
}

/**
 * The text, if it is at most `width` columns wide; else as much of its beginning as fits before the ellipsis. Never
 * wider than `width`, and no cluster is cut in two.
 */
export function cut(text: string, width: number, ellipsis: string): string {
  if (beginning(text, width) === text) return text;
  const room = width - widthOf(ellipsis);
  if (room <= 0) return widthOf(ellipsis) <= width ? ellipsis : '.'.repeat(Math.max(width, 0));
  return beginning(text, room).trimEnd() + ellipsis;
}

/**
 * As many whole clusters of the text's beginning as fit into `width` columns; at times none. Takes no longer for a long
 * text than for a short one.
 */
export function beginning(text: string, width: number): string {
  if (ascii.test(text)) return text.slice(0, Math.max(width, 0));
  const ends = [0];
  let columns = 0;
  for (const { index, segment } of clusters.segment(text)) {
    columns += widthOf(segment);
    if (columns > width) break;
    ends.push(index + segment.length);
  }
  // An escape can make one cluster with the mark behind it, and then be wider than the two were.
  while (ends.length > 1 && widthOf(text.slice(0, ends.at(-1))) > width) ends.pop();
  return text.slice(0, ends.at(-1));
}

/** The text with spaces up to `width` columns; left as it is where it is wider. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - widthOf(text), 0));
}

function clusterWidth(cluster: string): number {
  if (ascii.test(cluster)) return cluster.length;
  const characters = Array.from(cluster);
  // One character alone is an emoji only if it is wide, too; the first use of `emoji` costs as much as drawing a frame.
  if (characters.length > 1 && (emoji.test(cluster) || keycap.test(cluster))) return 2;
  let width = 0;
  for (const character of characters) if (!invisible.test(character)) width += wide.test(character) ? 2 : 1;
  return width;
}
