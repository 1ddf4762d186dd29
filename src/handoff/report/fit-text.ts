/** Widths of characters of a common sans-serif, in ems; generous, since nobody knows the reader's font. */
function widthOf(sign: string): number {
  if (/[ijl.,:;|!'()[\]ft ]/u.test(sign)) return 0.36;
  if (/[mwMW@…]/u.test(sign)) return 0.95;
  if (/[A-Z]/u.test(sign)) return 0.72;
  return /[\x20-\x7e]/u.test(sign) ? 0.58 : 1.05;
}

const measured = (text: string): number => Array.from(text, widthOf).reduce((sum, width) => sum + width, 0);

/**
 * Breaks a text into lines that fit, at spaces, and within names behind their signs; what does not fit ends in an ellipsis.
 * @param width of a line, and @param size of the letters, in px
 */
export function fitted(text: string, width: number, size: number, most: number): string[] {
  const room = width / size;
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, room)) {
    if (line !== '' && measured(line + piece.trimEnd()) > room) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  let last = lines[most - 1] ?? '';
  while (last !== '' && measured(`${last}…`) > room) last = Array.from(last).slice(0, -1).join('');
  return [...lines.slice(0, most - 1), `${last}…`];
}

/** Parts between which a line may break; none is wider than a line. */
function pieces(text: string, room: number): string[] {
  return (text.match(/[^\s@./:_-]*[@./:_-]+|[^\s@./:_-]+\s*|\s+/gu) ?? []).flatMap((piece) => {
    const parts = [''];
    for (const sign of piece) {
      const last = parts.at(-1) ?? '';
      if (measured(last + sign) > room) parts.push(sign);
      else parts[parts.length - 1] = last + sign;
    }
    return parts;
  });
}
