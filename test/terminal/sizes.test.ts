import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { expectRestored, openDesk } from './desk.ts';
import type { Terminal } from './terminal.ts';
import { shows } from './walk.ts';

let cloud: OpenCloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** What is on the screen, but for the name of a folder that is another in each run, and as long. */
const shown = (terminal: Terminal): string =>
  terminal
    .screen()
    .join('\n')
    .replaceAll(/iamready-run-\w*/g, 'iamready-run-');

async function toServices(terminal: Terminal): Promise<void> {
  await terminal.until(shows.signIn);
  terminal.press('enter');
  await terminal.until(/What is the service\s+account for\?/);
  terminal.press('enter');
  await terminal.until(/In which project\?[^]*● acme-video/);
  terminal.press('enter');
  await terminal.until(/This is everything\s+that\s+will change/);
  terminal.type('s');
  await terminal.until(/APIs that must be\s+on/);
  await terminal.until(/q\s+leave/);
}

/** The step as a window of this size shows it from the start. */
async function freshAt(columns: number, rows: number): Promise<string> {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open({ columns, rows });
  await toServices(terminal);
  return shown(terminal);
}

test('a window that changes in the middle of a step shows the step as windows of that size do', async () => {
  const [small, large] = await Promise.all([freshAt(40, 20), freshAt(120, 40)]);
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await toServices(terminal);
  const first = shown(terminal);

  terminal.resize(40, 20);
  await terminal.until(() => shown(terminal) === small);
  terminal.resize(120, 40);
  await terminal.until(() => shown(terminal) === large);
  // Smaller than any screen is made for: still the title and the keys, and none of them over the other.
  terminal.resize(32, 12);
  await terminal.until(
    () => /2\/7 Services/.test(shown(terminal)) && /q leave/.test(terminal.screen().at(-2) ?? ''),
  );
  expect(shown(terminal).match(/2\/7 Services|APIs that|↵ do it|q leave/g)).toEqual([
    '2/7 Services',
    'APIs that',
    '↵ do it',
    'q leave',
  ]);
  terminal.resize(80, 24);
  await terminal.until(() => shown(terminal) === first);
  // The keys still do what they say.
  terminal.press('escape');
  await terminal.until(shows.plan);
  terminal.type('q');
  await expectRestored(terminal, 130);
});

test.concurrent('sizes that come faster than frames end in the last one', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await toServices(terminal);
  const first = shown(terminal);
  for (let columns = 79; columns >= 40; columns -= 3) terminal.resize(columns, 20 + (columns % 7));
  terminal.resize(80, 24);
  await terminal.until(() => shown(terminal) === first);
  terminal.type('q');
  await expectRestored(terminal, 130);
});
