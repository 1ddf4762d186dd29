import { expect, test } from 'vitest';
import { storyNames } from '../../src/commands/demo/story-names.ts';
import { bin, expectPlain, openHome } from '../commands/iamready.ts';
import { expectRestored, printedOn } from './desk.ts';
import { openIamready } from './program.ts';
import { openTerminal } from './terminal.ts';
import { shows } from './walk.ts';

/** What each story leaves on the terminal. */
const receipts = {
  first: /Ready\. remotion-sa@acme-video/,
  repair: /Ready\. remotion-sa@acme-video/,
  blocked: /Ready\. remotion-sa@acme-video[^]*no key was made/,
};
/** Select Graphic Rendition with a colour in it: 30 to 49 and 90 to 107 (ECMA-48, xterm). */
// eslint-disable-next-line no-control-regex -- this is what is looked for
const coloured = /\u001B\[(?:\d+;)*(?:3\d|4\d|9\d|10[0-7])[;m]/;
// eslint-disable-next-line no-control-regex -- all of ASCII
const onlyAscii = /^[\u0000-\u007F]*$/;
const ascii = { LC_ALL: 'C', LANG: 'C' };
const secret = /ya29\.|PRIVATE KEY|"private_key"/;

test.concurrent.for(storyNames)('%s plays itself to its end, and leaves the receipt', async (story) => {
  await using terminal = await openIamready(['demo', story, '--auto', '--speed=50']);
  await expectRestored(terminal, 0);
  expect(printedOn(terminal)).toMatch(receipts[story]);
  expect(terminal.raw().toString()).not.toMatch(secret);
});

test.concurrent.for(storyNames)(
  '%s is told to a pipe, without a code that a terminal would obey',
  async (story) => {
    await using home = await openHome();
    const ran = await home.run(['demo', story]);
    expect(ran.exitCode).toBe(0);
    expectPlain(ran);
    expect(ran.stdout).toMatch(receipts[story]);
    expect(ran.stdout).not.toMatch(secret);
  },
);

test.concurrent('any key stops what plays itself, and the person goes on', async () => {
  await using terminal = await openIamready(['demo', '--auto', '--speed=0.1']);
  await terminal.until('It begins with who you are');
  terminal.press('space');
  await terminal.until(() => !terminal.screen().join('\n').includes('It begins with who you are'));
  await terminal.until(shows.signIn);
  for (const shown of [shows.signIn, shows.profile, shows.project, shows.plan]) {
    await terminal.until(shown);
    terminal.press('enter');
  }
  await expectRestored(terminal, 0);
  expect(printedOn(terminal)).toMatch(receipts.first);
});

test.concurrent(
  'blocked, in ASCII: somebody else signs in, and acts as the account without a key',
  async () => {
    await using terminal = await openIamready(['demo', 'blocked'], { env: ascii });
    await terminal.until(/> vera@acme\.com/);
    terminal.press('enter');
    await terminal.until(/Your move[^]*Missing +iam\.roles\.undelete/);
    terminal.type('s');
    await terminal.until(/> vera@acme\.com/);
    terminal.press('down');
    await terminal.until(/> ada@acme\.com/);
    terminal.press('enter');
    await terminal.until(/Key .*Your move[^]*disableServiceAccountKeyCreation[^]*> .*act as the account/);
    terminal.press('enter');
    await terminal.until(/will change[^]*deleted -> restored[^]*may act as/);
    terminal.press('enter');
    await expectRestored(terminal, 0);
    expect(printedOn(terminal)).toMatch(receipts.blocked);
    expect(terminal.raw().toString()).toMatch(onlyAscii);
  },
);

test.concurrent('without colour there is none, and LANG=C draws with ASCII alone', async () => {
  await using terminal = await openIamready(['demo'], { env: { ...ascii, NO_COLOR: '1' } });
  for (const shown of [shows.signIn, shows.profile, shows.project]) {
    await terminal.until(shown);
    terminal.press('enter');
  }
  await terminal.until(shows.plan);
  terminal.type('d');
  await terminal.until('close details');
  terminal.type('?');
  await terminal.until('Where am I');
  terminal.press('end');
  await terminal.until('left as it is');
  terminal.press('enter');
  await terminal.until('close details');
  terminal.type('d');
  await terminal.until(shows.plan);
  terminal.press('enter');
  await expectRestored(terminal, 0);
  const raw = terminal.raw().toString();
  expect(raw).not.toMatch(coloured);
  expect(raw).toMatch(onlyAscii);
});

test.concurrent(
  'whoever pipes the wizard cannot answer: the flags are named, and nothing is drawn',
  async () => {
    const piped = '{ "$@"; echo "code $?" >&2; } | cat';
    const wizard = [process.execPath, bin, '--endpoint=http://127.0.0.1:9'];
    await using terminal = await openTerminal('sh', ['-c', piped, 'sh', ...wizard]);
    await terminal.ended();
    expect(printedOn(terminal)).toMatch(
      /say it with flags: iamready setup --profile=NAME --project=ID\s+--yes\ncode 4$/,
    );
    expect(terminal.raw().includes('\u001B')).toBe(false);
  },
);

test.concurrent('who leaves a demo leaves nothing of it', async () => {
  await using home = await openHome();
  await using terminal = await openIamready(['demo'], { env: { TMPDIR: home.folder } });
  await terminal.until(shows.signIn);
  expect(await home.files()).not.toEqual([]);
  terminal.press('ctrl-c');
  await expectRestored(terminal, 130);
  expect(printedOn(terminal)).toBe('Left the demo; its cloud is gone, and nothing of it stays.');
  expect(await home.files()).toEqual([]);
});
