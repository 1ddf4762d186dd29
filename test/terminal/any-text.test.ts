import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { expectRestored, openDesk } from './desk.ts';
import { reply } from './plain-walk.ts';
import type { Terminal } from './terminal.ts';
import { back, chooseProject, shows, toProjects, titles } from './walk.ts';
import { worldWith } from './worlds.ts';

/** Sets the window's title, clears the screen, colours, moves up, and turns the order of writing around. */
const hostile = '\u001B]0;owned\u0007\u001B[2J\u001B[31mred\u009B1A\u202Edli';
const names = {
  'acme-hostile': hostile,
  'acme-long': `Renders ${'and renders '.repeat(30)}`,
  'acme-wide': '映像制作プロジェクト東京支社',
  'acme-emoji': '🎬 Film 🎞️ 🇯🇵 👩‍👩‍👧',
  'acme-arabic': 'مشروع الفيديو',
  'acme-marks': 'Z\u0337\u031B\u0317a\u0335\u0357lgo\u0334 e\u0301te\u0301',
};

let cloud: OpenCloud;
beforeAll(async () => {
  const world = await worldWith(Object.entries(names).map(([id, name]) => ({ id, name })));
  cloud = await openCloud({ world });
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** Nothing of the name's reaches the terminal as something to obey. */
function expectHarmless(terminal: Terminal): void {
  const raw = terminal.raw().toString();
  for (const obeyed of ['\u001B]0;', '\u001B[2J\u001B[31mred', '\u009B', '\u202E'])
    expect(raw).not.toContain(obeyed);
}

test.concurrent('a project name with terminal escapes is shown, and never obeyed', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open({ columns: 150 });
  await toProjects(terminal);
  terminal.type('hostile');
  await terminal.until(String.raw`\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u009b1A\u202edli`);
  terminal.press('enter');
  await terminal.until(shows.plan);
  terminal.press('enter');
  await expectRestored(terminal, 0);
  expectHarmless(terminal);
});

test.concurrent('nor in plain questions', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open({ args: ['--plain'], columns: 150, rows: 300 });
  await reply(terminal, titles.signIn, '1', 'access token');
  await reply(terminal, titles.profile, '1');
  await reply(terminal, titles.project, 'hostile', 'acme-marks');
  await terminal.until(shows.plan);
  expect(terminal.screen().join('\n')).toContain(String.raw`\u001b[31mred\u009b1A`);
  terminal.press('ctrl-c');
  await expectRestored(terminal, 130);
  expectHarmless(terminal);
});

test.concurrent.for([
  [80, 24],
  [40, 20],
] as const)(
  'names of any script and length leave every row its own, at %i by %i',
  async ([columns, rows]) => {
    await using desk = await openDesk(cloud);
    await using terminal = await desk.open({ columns, rows });
    await toProjects(terminal);
    for (const id of Object.keys(names)) {
      terminal.press('ctrl-u');
      await terminal.until(/type\s+to\s+find/);
      terminal.type(id);
      await terminal.until(new RegExp(`● ${id}`));
      const lines = terminal.screen();
      const row = lines.findIndex((line) => line.includes(`● ${id}`));
      expect(lines[row]).toMatch(columns === 80 ? / {2}40000000000\d$/ : /^.{20,40}$/u);
      expect(lines[row + 1]).toContain('○ type an ID');
      expect(lines.slice(-3).join(' ')).toContain('ctrl-c leave');
    }
    terminal.press('ctrl-c');
    await expectRestored(terminal, 130);
  },
);

test.concurrent('one of 5,000 projects is found by typing', async () => {
  const bindings = [{ role: 'roles/owner', members: ['user:ada@acme.com'] }];
  const generate = {
    projects: 5000,
    prefix: 'acme-gen',
    number: 900_000_000_000,
    services: ['cloudresourcemanager.googleapis.com', 'serviceusage.googleapis.com'],
    policy: { bindings, auditConfigs: [] },
  };
  await using many = await openCloud({ world: { ...(await worldWith([])), generate } });
  await using desk = await openDesk(many);
  await using terminal = await desk.open();
  await toProjects(terminal);
  await chooseProject(terminal, 'acme-gen-4711');
  await terminal.until(/will change in\s+acme-gen-4711/);
  terminal.type('q');
  await expectRestored(terminal, 130);
});

test.concurrent('what is pasted is text in one line, and no keys', async () => {
  await using desk = await openDesk(cloud);
  await using terminal = await desk.open();
  await terminal.until(shows.signIn);
  terminal.press('enter');
  await terminal.until(shows.profile);
  terminal.press('end');
  await terminal.until(/● type the path/);
  terminal.press('enter');
  await terminal.until('Where is your profile?');
  await terminal.until(() => terminal.bracketedPaste());
  terminal.paste('./te\u001B[31mam\u0003\r\n.yaml\n\u0007');
  await terminal.until('Path  ./te[31mam.yaml▏');
  await back(terminal, shows.profile);
  terminal.press('enter');
  await terminal.until(shows.project);
  terminal.paste('acme-\nlong\r\n');
  await terminal.until(/Filter {2}acme-long▏[^]*● acme-long/);
  terminal.press('ctrl-c');
  await expectRestored(terminal, 130);
});
