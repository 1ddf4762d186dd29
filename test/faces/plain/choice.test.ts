import { expect, test } from 'vitest';
import { never, openDesk } from './desk.ts';
import { choice, problem, projects } from './questions.ts';

const prompt = 'Number, or part of the name:';

test('a choice is a numbered list with columns, and a number chooses', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(choice(projects(3)), never);
  const shown = await desk.until(prompt);
  expect(shown).toContain(
    [
      '  Which project?',
      '  It is where the account will live.',
      '',
      '     1  acme-1  Acme number 1  100000000000',
      '     2  acme-2  Acme number 2  100000000001',
      '     3  acme-3  Acme number 3  100000000002',
      `  ${prompt}`,
    ].join('\n'),
  );
  await desk.type('2');
  desk.press('\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-2' });
  expect(desk.paper()).toMatch(/name: 2\n {2}> acme-2\n$/);
});

test('twenty are shown at a time, "more" shows the next, and what is pinned stands last on the first page', async () => {
  const desk = openDesk();
  const typed = { id: 'type', label: 'Type an ID', pinned: true } as const;
  const answer = desk.conversation.ask(choice([typed, ...projects(45)]), never);
  const first = await desk.until(prompt);
  expect(first.match(/^ +\d+ {2}\S/gm)).toHaveLength(20);
  expect(first).toMatch(/ 19 {2}acme-19 .*\n +20 {2}Type an ID\n {2}20 of 46; more shows the next\./);
  desk.press('more\r');
  const second = await desk.until(prompt);
  expect(second).toMatch(/ 21 {2}acme-20 /);
  expect(second).toContain('40 of 46');
  desk.press('more\r');
  expect(await desk.until(prompt)).toMatch(/ 46 {2}acme-45 .*\n {2}Number/);
  desk.press('more\r');
  expect(await desk.until(prompt)).toContain('There are no more');
  desk.press('20\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'type' });
});

test('text that matches one chooses it; several are listed with numbers of their own', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(choice(projects(30)), never);
  await desk.until(prompt);
  desk.press('NUMBER 3\r');
  expect(await desk.until('NUMBER 3')).toBe(' NUMBER 3');
  // "Acme number 3" itself is one whole cell, "Acme number 30" holds it too.
  expect(await desk.until(prompt)).toMatch(/2 match "NUMBER 3":\n +1 {2}acme-3 .*\n +2 {2}acme-30 /);
  desk.press('2\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-30' });

  const exact = desk.conversation.ask(choice(projects(30)), never);
  await desk.until('\n  Which project?');
  await desk.until(prompt);
  desk.press('acme-3\r');
  expect(await exact).toEqual({ kind: 'chosen', id: 'acme-3' });

  const long = desk.conversation.ask(choice(projects(30)), never);
  await desk.until('\n  Which project?');
  await desk.until(prompt);
  desk.press('100000000011\r');
  expect(await long).toEqual({ kind: 'chosen', id: 'acme-12' });
});

test('what matches nothing, or cannot be chosen, is told with the remedy', async () => {
  const desk = openDesk();
  const options = [...projects(2), { id: 'old', label: 'old', unavailable: 'it is being deleted' }];
  const answer = desk.conversation.ask(choice(options), never);
  expect(await desk.until(prompt)).toContain('cannot be chosen: it is being deleted');
  desk.press('zebra\r');
  expect(await desk.until(prompt)).toContain('No project matches "zebra"; Enter alone lists them.');
  desk.press('3\r');
  expect(await desk.until(prompt)).toContain('Old cannot be chosen: it is being deleted.');
  desk.press('\r');
  expect(await desk.until(prompt)).toMatch(/1 {2}acme-1/);
  desk.press('1\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-1' });
});

test('a list that still grows says so, is read again at Enter, and tells its end at once', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(choice(projects(1), { loading: true }), never);
  expect(await desk.until(prompt)).toContain('Still reading: 1 so far.');
  desk.conversation.update(choice(projects(2), { loading: true }));
  desk.press('\r');
  expect(await desk.until(prompt)).toMatch(/2 {2}acme-2[^]*Still reading: 2 so far/);
  await desk.type('acm');
  desk.conversation.update(choice(projects(3)));
  // Below what was typed, which then stands again.
  expect(await desk.until(`${prompt} acm`)).toMatch(/^\n\n {2}All were read\.\n +3 {2}acme-3 .*\n {2}Number/);
  desk.press('e-3\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-3' });
  expect(desk.paper()).not.toContain('Still reading: 3');
});

test('a name that is still to be read is waited for, and one that never comes is refused at the end', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(choice(projects(1), { loading: true }), never);
  await desk.until(prompt);
  desk.press('acme-4\r');
  await desk.until(`${prompt} acme-4`);
  desk.conversation.update(choice(projects(2), { loading: true }));
  desk.conversation.update(choice(projects(3)));
  await desk.until('No project matches "acme-4"; Enter alone lists them.');
  await desk.until(prompt);
  desk.press('2\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-2' });

  const other = openDesk();
  const second = other.conversation.ask(choice(projects(1), { loading: true }), never);
  await other.until(prompt);
  other.press('acme-3\r');
  await other.until(`${prompt} acme-3`);
  other.conversation.update(choice(projects(3), { loading: true }));
  expect(await second).toEqual({ kind: 'chosen', id: 'acme-3' });
});

test('a list is shown with its first entries, not before them', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(choice([], { loading: true }), never);
  desk.conversation.update(choice([], { loading: true, notes: [{ tone: 'note', text: 'Slow today.' }] }));
  expect(desk.paper()).toBe('');
  desk.conversation.update(choice(projects(1), { loading: true }));
  expect(await desk.until(prompt)).toMatch(/1 {2}acme-1[^]*Still reading: 1 so far/);
  desk.press('1\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-1' });
});

test('a number means what was printed beside it, even where the list changed since', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(choice(projects(2), { loading: true }), never);
  await desk.until(prompt);
  desk.conversation.update(choice([{ id: 'aaa', label: 'aaa' }, ...projects(2)], { loading: true }));
  desk.press('1\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'acme-1' });
});

test('a hostile name is shown with its escapes spelled out, and never obeyed', async () => {
  const desk = openDesk();
  const name = 'evil\u001b[2J\u001b]0;owned\u0007\n\u202egnp';
  const options = [
    { id: 'evil', label: name, columns: [name], detail: name, unavailable: name },
    { id: 'other', label: `other${name}` },
  ];
  const notes = [{ tone: 'attention', text: name } as const];
  const answer = desk.conversation.ask(choice(options, { title: name, why: name, notes }), never);
  await desk.until(prompt);
  desk.press('1\r');
  await desk.until(prompt);
  desk.press('evil\r');
  await desk.until(prompt);
  desk.press(`\u001b[31mzzz\u0007\r`);
  await desk.until(prompt);
  desk.press('other\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'other' });
  expect(desk.paper()).toContain(String.raw`evil\u001b[2J\u001b]0;owned\u0007\u000a\u202egnp`);
  expect(desk.paper().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
});

test('a problem is told as in the other faces, with numbered ways out', async () => {
  const desk = openDesk();
  const answer = desk.conversation.ask(problem(), never);
  const shown = await desk.until(prompt);
  expect(shown).toContain('!  acme.com forbids keys for service accounts');
  expect(shown).toContain('Next   ask an administrator for an exemption');
  expect(shown).toContain('iam serviceAccounts.keys.create: 400');
  expect(shown).toContain('!  Grant: viewers may not change the policy');
  expect(shown).toMatch(/1 {2}Try again\n +2 {2}Go on without it\n +cannot be chosen: validation needs it/);
  desk.press('try\r');
  expect(await answer).toEqual({ kind: 'chosen', id: 'retry' });
});
