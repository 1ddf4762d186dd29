import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, test } from 'vitest';

/** Where Debian's package puts it. */
const executablePath = '/usr/bin/chromium';

/** False on machines without it; `inChromium` then says so. */
export const hasChromium = existsSync(executablePath);

let started: Promise<Browser> | undefined;

/** One browser for all that a worker tests: to start it takes about a second. */
function browser(): Promise<Browser> {
  return (started ??= chromium.launch({
    executablePath,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--no-first-run'],
    ],
  }));
}

/** `test`, skipped with a notice where Chromium is not installed. */
export const inChromium = hasChromium ? test : test.skip;

/** Call it once at the top of a file of tests: ends the browser after them, and says where there is none. */
export function withChromium(): void {
  if (!hasChromium)
    console.warn(`no ${executablePath}: tests in a browser are skipped (apt install chromium)`);
  afterAll(async () => {
    const running = started;
    started = undefined;
    await (await running)?.close();
  });
}

/**
 * Opens a file of this machine on a page of its own, gives it to `use`, and closes it.
 * @param address `file:///…`
 * @param options its size, colour scheme and the like
 */
export async function onPage<T>(
  address: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await (await browser()).newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await use(page);
  } finally {
    await context.close();
  }
}
