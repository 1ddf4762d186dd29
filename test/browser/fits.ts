import type { Page } from 'playwright-core';
import * as z from 'zod';

const Measured = z.object({
  over: z.array(z.string()),
  scroll: z.number(),
  client: z.number(),
  out: z.array(z.string()),
  cut: z.array(z.string()),
});

/** Runs in the page: what is wider than it, and which texts of pictures stick out of the box around them. */
const measure = `(() => {
  const client = document.documentElement.clientWidth;
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  const hidden = (e) => getComputedStyle(e).clipPath !== 'none' || e.closest('thead,.skip') !== null;
  const out = [...document.body.querySelectorAll('*')]
    .filter((e) => shown(e) && !hidden(e))
    .filter((e) => { const r = e.getBoundingClientRect(); return r.right > client + 1 || r.left < -1; })
    .map((e) => e.outerHTML.slice(0, 120));
  const cut = [...document.querySelectorAll('g.node')].filter(shown).flatMap((g) => {
    const box = g.querySelector('rect').getBBox();
    return [...g.querySelectorAll('text')]
      .filter((t) => { const b = t.getBBox(); return b.x + b.width > box.x + box.width || b.y + b.height > box.y + box.height; })
      .map((t) => t.textContent);
  });
  const over = [...document.querySelectorAll('td, th')]
    .filter((e) => shown(e) && !hidden(e) && e.scrollWidth > e.clientWidth + 1)
    .map((e) => e.textContent);
  return { over, scroll: document.documentElement.scrollWidth, client, out, cut };
})()`;

/** What does not fit into a page as wide as it is now; nothing where all does. */
export async function misfitsOf(page: Page): Promise<string[]> {
  const { scroll, client, out, cut, over } = Measured.parse(await page.evaluate(measure));
  return [
    ...(scroll > client ? [`the page is ${scroll} wide, and ${client} are there`] : []),
    ...out.map((each) => `sticks out: ${each}`),
    ...over.map((each) => `runs over its cell: ${each}`),
    ...cut.map((each) => `does not fit its box: ${each}`),
  ];
}
