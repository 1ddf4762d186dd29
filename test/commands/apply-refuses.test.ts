import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { applyOrders } from '../../src/commands/apply.ts';
import { problemOf } from '../../src/commands/problem-of.ts';
import { openCloud, prepare, type OpenCloud } from './cloud.ts';
import { expectRefused } from './refused.ts';

// Nothing here may write, so that one cloud does for all.
let cloud: OpenCloud;
let plan: string;
beforeAll(async () => {
  cloud = await openCloud();
  await using at = await prepare(cloud);
  const made = await at.home.run(at.setup({ yes: undefined, 'plan-out': 'plan.json' }));
  expect(made, made.stderr).toMatchObject({ exitCode: 0 });
  plan = await readFile(at.home.path('plan.json'), 'utf8');
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** What becomes of a plan of this text, in this process: the refusal, or nothing. */
async function refusalOf(folder: string, text: string | Uint8Array) {
  const file = join(folder, 'plan.json');
  await writeFile(file, text);
  try {
    await applyOrders(file, { endpoint: cloud.endpoint }, {});
    return undefined;
  } catch (error) {
    return problemOf(error, new AbortController().signal);
  }
}

const with_ = (change: (text: string) => string) => () => change(plan);
const instead = (from: string, to: string) => with_((text) => text.replace(from, to));

const wrong: [string, () => string | Uint8Array, RegExp, RegExp, boolean?][] = [
  ['is empty', () => '', /plan\.json is damaged: it is empty/, /written anew: iamready setup --plan-out/],
  [
    'is cut short',
    with_((text) => text.slice(0, 300)),
    /is damaged: it is not JSON \(300 characters\)/,
    /anew/,
  ],
  ['is binary', () => Uint8Array.from([0, 0xff, 0x1b]), /is damaged: it is not UTF-8 text/, /anew/],
  ['is other JSON', () => '{"v":1}', /is no plan of iamready/, /--plan-out=FILE has written/],
  [
    'is of a newer version',
    instead('"v": 1', '"v": 2'),
    /written by a newer version .*format 2/,
    /install the newer/,
  ],
  ['lost a field', instead('"by":', '"from":'), /changed by hand: made\.by: /, /anew/],
  [
    'names a sign that is none',
    instead('"sign": "+"', '"sign": "x"'),
    /steps\[0\]\.changes\[0\]\.sign: /,
    /anew/,
  ],
  [
    'would draw on the terminal',
    instead('"Renders run on Cloud Run."', String.raw`"Renders \u001b[2J\u202e"`),
    /services\[0\]\.why/,
    /./,
    true,
  ],
  [
    'would draw on the terminal in a line of the plan',
    instead('"why": "a program', String.raw`"why": "\u001b[2J a program`),
    /steps\[2\]\.changes\[0\]\.why: it holds a character that a terminal would obey/,
    /anew/,
    true,
  ],
  [
    'names a project that is none',
    instead('"id": "acme-video"', '"id": "../../etc"'),
    /project\.id is no project ID/,
    /anew/,
  ],
  [
    'names an account that cannot be',
    instead('"answers": {}', '"answers": {"accountId": "Me"}'),
    /"Me" cannot be an account ID/,
    /./,
  ],
  [
    'names a service agent as who may act',
    instead(
      '"answers": {}',
      '"answers": {"keyless": "impersonation", "impersonator": "serviceAccount:service-1@gcp-sa-x.iam.gserviceaccount.com"}',
    ),
    /an agent of Google itself/,
    /./,
  ],
];

describe('apply refuses a plan that', () => {
  test.each(wrong)('%s', async (_, content, what, next, asText) => {
    await using at = await prepare(cloud);
    const problem = await refusalOf(at.home.folder, content());
    expect(problem).toMatchObject({ exit: 'usage', mover: 'person' });
    expect(problem?.what).toMatch(what);
    expect(problem?.next).toMatch(next);
    if (asText !== true) return;
    const args = ['apply', 'plan.json', `--endpoint=${cloud.endpoint}`, '--access-token-file=access-token'];
    await expectRefused(at, args, { exit: 64, what, next, asText });
  });
});

test('a plan that is not there, a folder, a device without end, and one that is for another cloud', async () => {
  await using at = await prepare(cloud);
  const file = await at.home.write('plan.json', plan);
  for (const [name, what, flags] of [
    ['nowhere.json', /nowhere\.json is not there/, [`--endpoint=${cloud.endpoint}`]],
    ['/dev/zero', /\/dev\/zero is no regular file/, [`--endpoint=${cloud.endpoint}`]],
    [file, /was made for http:\/\/127\.0\.0\.1:\d+, and this is Google/, []],
  ] as const)
    await expectRefused(at, ['apply', name, '--access-token-file=access-token', ...flags], {
      exit: 64,
      what,
      next: /./,
    });
});

test('--plan-out overwrites an older plan, and nothing else', async () => {
  await using at = await prepare(cloud);
  await at.home.write('notes.txt', 'mine');
  await expectRefused(at, at.setup({ yes: undefined, 'plan-out': 'notes.txt' }), {
    exit: 64,
    what: /notes\.txt is there already, and is no plan of iamready/,
    next: /another file: --plan-out=FILE/,
  });
  await expectRefused(at, at.setup({ yes: undefined, 'plan-out': 'nowhere/plan.json' }), {
    exit: 3,
    what: /nowhere\/plan\.json cannot be written \(ENOENT\)/,
    next: /in a folder that you may write to/,
  });
  await expectRefused(at, at.setup({ 'plan-out': 'plan.json' }), {
    exit: 64,
    what: /cannot be used with/,
    next: /./,
  });
});

test('however a plan was damaged, it is refused as one or is as good as before: no damage is a bug of ours', async () => {
  await using at = await prepare(cloud);
  const whole = JSON.stringify(JSON.parse(plan));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.nat(40),
      fc.constantFrom('', '"', '{}', 'null', '1e999', '\\u0000', '__proto__', '../'),
      async (from, length, put) => {
        const text = whole.slice(0, from) + put + whole.slice(from + length);
        const problem = await refusalOf(at.home.folder, text);
        expect(problem?.exit ?? 'usage', `${problem?.what ?? ''} ${problem?.why ?? ''}`).toBe('usage');
      },
    ),
    { numRuns: 60 },
  );
});
