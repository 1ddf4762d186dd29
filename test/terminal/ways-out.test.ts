import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCloud, type OpenCloud } from '../commands/cloud.ts';
import { cloudByHand } from '../flows/cloud-by-hand.ts';
import { expectRestored, openDesk, printedOn, type Desk } from './desk.ts';
import { reply } from './plain-walk.ts';
import type { Terminal } from './terminal.ts';
import { shows, titles } from './walk.ts';
import { worldWith } from './worlds.ts';

/** A project in which all is on that the steps need, so that nothing but the steps that are disturbed takes long. */
const project = 'acme-ready';
const vera = 'ya29.simulated-vera-the-viewer';

async function readyCloud(): Promise<OpenCloud> {
  const services = ['cloudresourcemanager', 'iam', 'run', 'serviceusage'].map(
    (name) => `${name}.googleapis.com`,
  );
  return openCloud({ world: await worldWith([{ id: project, services }]) });
}

let cloud: OpenCloud;
/** One that never lists projects. */
let slow: OpenCloud;
beforeAll(async () => {
  [cloud, slow] = await Promise.all([readyCloud(), readyCloud()]);
  await slow.fault({ path: '/v3/projects:search', then: { kind: 'hang' } });
});
afterAll(() => Promise.all([cloud[Symbol.asyncDispose](), slow[Symbol.asyncDispose]()]));

/** Somebody in front of a screen of the wizard. */
interface Scene extends AsyncDisposable {
  desk: Desk;
  terminal: Terminal;
}

interface Around {
  at?: OpenCloud;
  person?: Parameters<typeof openDesk>[1];
  /** With nothing to sign in with; or with flags that answer all that is asked before the steps. */
  begins?: 'unknown' | 'answered';
}

async function before(walk: (terminal: Terminal) => Promise<void>, around: Around = {}): Promise<Scene> {
  const { at = cloud, person = {}, begins } = around;
  const desk = await openDesk(at, person);
  const terminal = await desk.open({
    ...(begins === 'answered' && { args: answers(desk) }),
    // What the environment says is only an offer, also where a flag says the same.
    ...(begins !== undefined && { env: { IAMREADY_ACCESS_TOKEN_FILE: undefined } }),
  });
  const close = async (): Promise<void> => {
    await terminal[Symbol.asyncDispose]();
    await desk[Symbol.asyncDispose]();
  };
  try {
    await walk(terminal);
  } catch (error) {
    await close();
    throw error;
  }
  return { desk, terminal, [Symbol.asyncDispose]: close };
}

const answers = (desk: Desk): readonly string[] => [
  '--profile=remotion-cloudrun',
  `--project=${project}`,
  `--access-token-file=${desk.home.path('access-token')}`,
];
const sees =
  (...shown: (string | RegExp)[]) =>
  async (terminal: Terminal) => {
    for (const each of shown) await terminal.until(each);
  };
/** Waits for a screen, presses a key, and so on; the last is a screen. */
const through =
  (...way: (readonly [string | RegExp, string])[]) =>
  (last: string | RegExp) =>
  async (terminal: Terminal) => {
    for (const [shown, key] of way) {
      await terminal.until(shown);
      terminal.type(key);
    }
    await terminal.until(last);
  };
const enter = '\r';
const [end] = ['\u001B[F'];

/** `q` is tried where a question is open, at a problem, and where none is; that it leaves elsewhere, `components/` holds. */
const screens: readonly { at: string; q: boolean; go: () => Promise<Scene> }[] = [
  {
    at: 'while ways to sign in are looked for',
    q: true,
    go: () =>
      before(sees(/looking for ways to sign in/i), {
        person: { gcloud: 'exec sleep 60' },
        begins: 'unknown',
      }),
  },
  { at: 'at the sign-in', q: false, go: () => before(sees(shows.signIn)) },
  {
    at: 'at the profiles',
    q: false,
    go: () => before(through([shows.signIn, enter])(shows.profile)),
  },
  {
    at: 'at a line to type',
    q: false,
    go: () =>
      before(
        through(
          [shows.signIn, enter],
          [shows.profile, end],
          [/● type the path/, enter],
        )('Where is your profile?'),
      ),
  },
  {
    at: 'at the projects while they are read',
    q: false,
    go: () =>
      before(through([shows.signIn, enter], [shows.profile, enter])(/In which project\?[^]*so far/), {
        at: slow,
      }),
  },
  {
    at: 'at the projects',
    q: false,
    go: () => before(through([shows.signIn, enter], [shows.profile, enter])('acme-ready')),
  },
  { at: 'at the plan', q: true, go: () => before(sees(shows.plan), { begins: 'answered' }) },
  {
    at: 'in the details',
    q: false,
    go: () => before(through([shows.plan, 'd'])('close details'), { begins: 'answered' }),
  },
  {
    at: 'in the help',
    q: false,
    go: () => before(through([shows.plan, '?'])('Where am I'), { begins: 'answered' }),
  },
  {
    at: 'before a step',
    q: false,
    go: () => before(through([shows.plan, 's'])(/A named list of exactly/), { begins: 'answered' }),
  },
  {
    at: 'at a problem',
    q: true,
    go: () => before(sees('Your move'), { begins: 'answered', person: { token: vera } }),
  },
];
const ways = [
  ['Ctrl-C', (terminal: Terminal) => terminal.press('ctrl-c')],
  ['SIGTERM', (terminal: Terminal) => terminal.signal('SIGTERM')],
  ['SIGHUP', (terminal: Terminal) => terminal.signal('SIGHUP')],
  ['q', (terminal: Terminal) => terminal.type('q')],
] as const;
const signals = ['SIGTERM', 'SIGHUP'] as const;
type Way = (typeof ways)[number];
const only = (...names: Way[0][]): readonly Way[] => ways.filter(([name]) => names.includes(name));

/** Every screen is left by Ctrl-C and by one of the signals, by turns: who listens to those is the same everywhere. */
const cases = screens.flatMap(({ at, q, go }, turn) =>
  ways
    .filter(([name]) => name === 'Ctrl-C' || (name === 'q' ? q : name === signals[turn % signals.length]))
    .map(([name, leave]) => ({ at, name, go, leave })),
);
test.concurrent.for(cases)('$at, $name leaves, and gives the terminal back', async ({ go, leave }) => {
  await using scene = await go();
  const { terminal, desk } = scene;
  leave(terminal);
  await expectRestored(terminal, 130);
  expect(printedOn(terminal)).toMatch(/^Left\. Nothing was written\.\n {2}iamready \S+ goes on from here\.$/);
  await desk.expectStateIntact();
});

/** A cloud of its own that never answers these calls, and somebody who has said yes to the plan. */
async function atWork(calls: { method: string; path: string; after?: number }) {
  const own = await readyCloud();
  await own.fault({ ...calls, then: { kind: 'hang' } });
  const scene = await before(through([shows.plan, enter])(/Working in/), { at: own, begins: 'answered' });
  return {
    ...scene,
    own,
    async [Symbol.asyncDispose]() {
      await scene[Symbol.asyncDispose]();
      await own[Symbol.asyncDispose]();
    },
  };
}

const closed = ['a window that is closed', (terminal: Terminal) => terminal.hangUp()] as const;
test.concurrent.for([...ways, closed])(
  'while a key is made, %s leaves, and the next run makes it ready',
  async ([name, leave]) => {
    // The call that cannot be repeated safely: it has been sent, and nobody knows what came of it.
    await using scene = await atWork({ method: 'POST', path: '*/keys' });
    const { terminal, desk, own } = scene;
    await own.asked('POST', /\/keys$/);
    leave(terminal);
    if (name === closed[0]) expect(await terminal.ended()).toMatchObject({ code: 130, signal: null });
    else {
      await expectRestored(terminal, 130);
      expect(printedOn(terminal)).toMatch(/^Left\.\n.*Under way when you left/s);
    }
    await desk.expectStateIntact();

    await own.mend();
    // The worst end is taken up on the screen, and the others, which leave the same, by the command.
    if (name === closed[0]) {
      await using next = await desk.open();
      for (const shown of [shows.earlier, shows.signIn, shows.plan]) {
        await next.until(shown);
        next.press('enter');
      }
      await expectRestored(next, 0);
    } else expect((await desk.setup(project)).exitCode).toBe(0);
    expect(await cloudByHand(own.endpoint, own.token, project).keys()).toHaveLength(1);
  },
);

test.concurrent.for(only('Ctrl-C', 'q'))(
  'while a step settles, %s leaves, and what was made is told',
  async ([, leave]) => {
    // The role is made; whether it is there is not answered.
    await using scene = await atWork({ method: 'GET', path: '*/roles/RemotionSA', after: 1 });
    const { terminal, desk } = scene;
    await terminal.until(/● Custom role +reading back/);
    leave(terminal);
    await expectRestored(terminal, 130);
    expect(printedOn(terminal)).toMatch(/^Left\.\n.*Under way when you left.*: custom role/s);
    await desk.expectStateIntact();
  },
);

test.concurrent.for(only('Ctrl-C', 'SIGHUP'))(
  'in plain questions, %s leaves a terminal that only prints while a key is made',
  async ([, leave]) => {
    await using own = await readyCloud();
    await own.fault({ method: 'POST', path: '*/keys', then: { kind: 'hang' } });
    await using desk = await openDesk(own);
    const env = { IAMREADY_ACCESS_TOKEN_FILE: undefined };
    await using terminal = await desk.open({ args: [...answers(desk), '--plain'], env, rows: 200 });
    await reply(terminal, titles.plan, 'yes');
    await own.asked('POST', /\/keys$/);
    leave(terminal);
    await expectRestored(terminal, 130);
    expect(printedOn(terminal)).toMatch(/Left\.\n.*Under way when you left.*key/s);
    expect(terminal.raw().includes('\u001B')).toBe(false);
    await desk.expectStateIntact();
  },
);
