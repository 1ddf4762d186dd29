import { beforeAll, expect, test } from 'vitest';
import type { AccessGraph } from '../../src/access/graph.ts';
import { mermaidOf } from '../../src/access/mermaid.ts';
import { graph } from '../../src/commands/graph.ts';
import { graphPage } from '../../src/commands/graph-page.ts';
import { intoMemory } from '../commands/into-memory.ts';
import { isWrite, openStage, type Stage } from '../flows/stage.ts';
import { flagsOf, lookAt } from './look-at.ts';
import { email, hostile, oldKey, richWorld, usedKey } from './rich-world.ts';

const closing: (() => Promise<void>)[] = [];
let stage: Stage;
let seen: AccessGraph;
beforeAll(async () => {
  stage = await openStage({ world: await richWorld() }, (close) => closing.push(close));
  expect((await stage.setup()).exit).toBe(0);
  await stage.forgetRequests();
  seen = await lookAt(stage, { regions: 'europe-west1' });
  return () => Promise.all(closing.map((close) => close()));
});

test('whoever can use the account is in the graph, with the line that lets them, and what that lets them do', () => {
  const found = seen.holders.map(({ member, role, on, abilities }) => [
    ...[member, role.replace(/^.*\//u, ''), on.kind, abilities.join(' ')],
  ]);
  expect(found).toEqual(
    expect.arrayContaining([
      ['user:ada@acme.com', 'owner', 'project', 'attach keys policy'],
      ['group:platform@acme.com', 'iam.serviceAccountTokenCreator', 'project', 'tokens'],
      ['user:vera@acme.com', 'iam.serviceAccountTokenCreator', 'account', 'tokens'],
      ['user:mallory@elsewhere.example', 'iam.serviceAccountUser', 'account', 'attach'],
    ]),
  );
  expect(found.some(([member]) => member === `serviceAccount:${email}`)).toBe(false);
  expect(seen.services).toMatchObject([{ region: 'europe-west1', name: 'render' }]);
  expect(seen.providers).toMatchObject([
    { pool: 'iamready-github', condition: 'assertion.repository == "acme/video"', disabled: false },
  ]);
  const keys = new Map(seen.keys.map((key) => [key.id, key]));
  expect(keys.size).toBe(4);
  expect(keys.get(oldKey)).toMatchObject({ ageDays: 1000, lastUsed: null, made: undefined });
  expect(keys.get(usedKey)?.lastUsed).toMatch(/^\d{4}-\d\d-\d\d$/);
  const [ours] = seen.keys.filter(({ made }) => made !== undefined);
  expect(ours?.made?.by).toBe('ada@acme.com');
});

test('each line by which the account may do something has its role, its place, its condition and why', () => {
  const found = seen.grants.map(({ role, asked, condition, dead }) => [
    ...[role.replace(/^.*\//u, ''), asked, condition?.title, dead],
  ]);
  expect(found.toSorted()).toEqual([
    ['RemotionSA', true, undefined, undefined],
    ['editor', false, undefined, undefined],
    ['logging.viewer', false, 'Long gone', 'the time of its condition is over'],
    ['storage.admin', false, 'For now', undefined],
  ]);
  expect(seen.permissions['run.services.create']).toMatchObject({ asked: true, by: 'Remotion' });
  expect(seen.permissions['run.services.create']?.risk).toBeTruthy();
  // What a bucket's own policy would add is looked at as well.
  expect(seen.unread.map(({ what }) => what).join('\n')).not.toContain('bucket');
});

test('what may not be read is named with the role that would let it be read, and looking writes nothing', async () => {
  expect(seen.unread).toContainEqual({
    what: 'who has what on the folder 418820519377',
    why: 'you may not look at it',
    next: 'ask for roles/iam.securityReviewer on the folder',
  });
  const journal = await stage.requests();
  expect(journal.filter(isWrite)).toEqual([]);
});

test('the tree tells people from keys and services, and no text in it can act on a terminal', async () => {
  const wide = graphPage(seen, { columns: 120, unicode: true, all: false });
  expect(wide).toContain('├─ europe-west1/render on Cloud Run runs as it');
  expect(wide).toMatch(/RemotionSA: 15 permissions, all asked for by the profile/);
  expect(wide).toMatch(/roles\/editor: \d{3,} permissions: a basic role/);
  expect(wide).toContain('let in by the provider gh-acme-video of the pool iamready-github');
  expect(hostile).toContain('\u202e');
  expect(wide).not.toContain('\u202e');
  const { out, text } = intoMemory(60);
  const exit = await graph(flagsOf(stage), { out, env: {} }, new AbortController().signal);
  expect(exit).toBe('done');
  const tooWide = text()
    .split('\n')
    .filter((line) => line.length > 60 && line.trim().split(' ').length > 2);
  expect(tooWide).toEqual([]);
  expect(text()).toMatch(/^[\x20-\x7e\n]*$/);
});

test('as JSON it is the graph itself', async () => {
  const { out, text } = intoMemory();
  const flags = { ...flagsOf(stage), regions: 'europe-west1', json: true };
  await graph(flags, { out, env: {} }, new AbortController().signal);
  const read: unknown = JSON.parse(text());
  expect(read).toMatchObject({ v: 1, project: 'acme-video', account: { email, state: 'enabled' } });
});

test('the flowchart has a node for whoever is in it, and none of their names can end a label', () => {
  const chart = mermaidOf(seen, false);
  const lines = chart.trimEnd().split('\n');
  expect(lines[0]).toBe('flowchart LR');
  const node = /^ {2}n\d+(?:\["[^"<>[\]{}|`&]*"\]|\(\["[^"<>[\]{}|`&]*"\]\)|\{\{"[^"<>[\]{}|`&]*"\}\})$/u;
  const edge = /^ {2}n\d+ (?:-->|-\.->)(?:\|"[^"<>[\]{}|`&]*"\|)? n\d+$/u;
  expect(lines.slice(1).filter((line) => !node.test(line) && !edge.test(line))).toEqual([]);
  expect(chart).toContain('"user:vera@acme.com"');
  // Thousands of permissions of a basic role are one node.
  expect(lines.length).toBeLessThan(120);
  expect(mermaidOf(seen, true).split('\n').length).toBeGreaterThan(1000);
});
