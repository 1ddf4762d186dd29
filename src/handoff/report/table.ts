import { html, type Markup, type Slot } from './html.ts';

/**
 * A table whose rows become blocks on a narrow screen: each cell then carries its heading with it. The roles are said once
 * more, because some browsers forget them with such a layout.
 * @param heads of the columns; the first one heads its row
 */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Slot[])[]): Markup {
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${cells.map((cell, at) =>
              at === 0
                ? html`<th scope="row" role="rowheader">${cell}</th>`
                : isNothing(cell)
                  ? html`<td role="cell"></td>`
                  : html`<td role="cell" data-label="${heads[at] ?? ''}">${cell}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function isNothing(cell: Slot): boolean {
  return cell === undefined || cell === '' || (Array.isArray(cell) && cell.every(isNothing));
}
