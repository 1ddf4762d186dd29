import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { breaking, brokenProgram } from './broken.ts';
import { expectRestored, openDesk, printedOn } from './desk.ts';
import type { Terminal } from './terminal.ts';
import { shows, toPlan, toProjects } from './walk.ts';

let cloud: OpenCloud;
let broken: Awaited<ReturnType<typeof brokenProgram>>;
beforeAll(async () => {
  [cloud, broken] = await Promise.all([openCloud(), brokenProgram()]);
});
afterAll(() => Promise.all([cloud[Symbol.asyncDispose](), broken[Symbol.asyncDispose]()]));

test.concurrent.for([
  ['at the sign-in', (terminal: Terminal) => terminal.until(shows.signIn)],
  ['at the projects', toProjects],
  ['at the plan', (terminal: Terminal) => toPlan(terminal, 'acme-video')],
] as const)('a component that throws %s gives the terminal back and is called our bug', async ([, walk]) => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open({ program: broken.program });
  await walk(terminal);
  terminal.type(breaking);
  await expectRestored(terminal, 1);
  expect(printedOn(terminal)).toMatch(/a bug of ours stopped this run\s[^]*a screen broke/);
  await desk.expectStateIntact();
});

test.concurrent(
  'a component that throws while a step acts ends the run, and the next run makes it ready',
  async () => {
    await using own = await openCloud();
    await own.fault({ method: 'POST', path: '*/keys', then: { kind: 'hang' } });
    await using desk = await openDesk(own);
    await using terminal = await desk.open({ program: broken.program });
    await toPlan(terminal, 'acme-video');
    terminal.press('enter');
    await terminal.until(/● Key[^]*writing/);
    terminal.type(breaking);
    await expectRestored(terminal, 1);
    expect(printedOn(terminal)).toMatch(/a bug of ours stopped this run\s[^]*a screen broke/);
    await desk.expectStateIntact();

    await own.mend();
    await using next = await desk.open();
    for (const shown of [shows.earlier, shows.signIn, shows.plan]) {
      await next.until(shown);
      next.press('enter');
    }
    await expectRestored(next, 0);
    expect((await desk.check('acme-video')).exitCode).toBe(0);
  },
);
