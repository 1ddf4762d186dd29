import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import * as z from 'zod';

const Found = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullish(),
      nodes: z.array(z.object({ html: z.string() })),
    }),
  ),
});

let source: Promise<string> | undefined;

/** What axe finds serious or critical on a page, each with the first place of it. @param rule the only one, if not all */
export async function seriousOf(page: Page, rule?: string): Promise<string[]> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const options = { resultTypes: ['violations'], ...(rule !== undefined && { runOnly: [rule] }) };
  await page.evaluate(await source);
  const { violations } = Found.parse(await page.evaluate(`axe.run(${JSON.stringify(options)})`));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
