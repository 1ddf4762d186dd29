import { html, Markup, type Slot } from './html.ts';

/**
 * A table whose rows become blocks on a narrow screen: each cell then carries its heading with it. The roles are said once
 * more, because some browsers forget them with such a layout. A column that has nothing in it is left out.
 * @param heads of the columns; the first one heads its row
 * @param widths a class of the style that gives them
 */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Slot[])[],
  widths = '',
): Markup {
  const filled = heads.map((_, at) => at).filter((at) => rows.some((cells) => !isNothing(cells[at])));
  const cell = (slot: Slot, at: number): Markup => {
    if (at === 0) return html`<th scope="row" role="rowheader">${slot}</th>`;
    if (isNothing(slot)) return html`<td role="cell"></td>`;
    return html`<td role="cell" data-label="${heads[at] ?? ''}">${slot}</td>`;
  };
  return html`<table role="table" class="of-${filled.length} ${widths}">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${filled.map((at) => html`<th scope="col" role="columnheader">${heads[at]}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${filled.map((at) => cell(cells[at], at))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function isNothing(slot: Slot): boolean {
  if (slot instanceof Markup) return slot.text.trim() === '';
  return slot === undefined || slot === '' || (Array.isArray(slot) && slot.every(isNothing));
}
