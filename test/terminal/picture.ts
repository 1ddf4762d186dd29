import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cellsOf, type Cells } from './picture-cells.ts';
import { svgOf } from './picture-svg.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/**
 * The picture of README.md, taken from the built program: `npm run picture`. Screens that show a folder, a port or a time
 * are no good here, because they are others each time.
 */
const root = path.join(import.meta.dirname, '../..');
export const pictureFile = path.join(root, '.github/wizard.svg');

const size = { columns: 80, rows: 24 };

const words = {
  title: 'Two screens of iamready in a terminal',
  desc:
    'The first is the plan, before anything is written: services, a role with 15 permissions, an account, a grant and ' +
    'a key, each with where it was asked for, a warning, and the keys to press. The second explains one step of it: ' +
    'what was found, what will be made, some of the permissions with their reasons, and how to undo it.',
};

/** Draws the picture. Takes the time of two short demos, which run side by side. */
export async function picture(): Promise<string> {
  return svgOf(await Promise.all([taken(toThePlan), taken(toTheRole)]), words);
}

async function taken(walk: (at: Terminal) => Promise<void>): Promise<Cells> {
  const program = path.join(root, 'bin/iamready.js');
  await using terminal = await openTerminal(process.execPath, [program, 'demo'], size);
  await walk(terminal);
  return await cellsOf(terminal.raw(), size.columns, size.rows);
}

async function toThePlan(at: Terminal): Promise<void> {
  await at.until(/● ada@acme\.com/u);
  at.press('enter');
  await at.until(/● Remotion Cloud Run/u);
  at.press('enter');
  await at.until(/● acme-video/u);
  at.press('enter');
  await at.until(/everything that will change/u);
}

async function toTheRole(at: Terminal): Promise<void> {
  await toThePlan(at);
  at.type('s');
  await at.until(/APIs that must be on/u);
  at.press('enter');
  await at.until(/A named list/u);
}

if (import.meta.main) await writeFile(pictureFile, await picture());
