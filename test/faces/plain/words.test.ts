import { expect, test } from 'vitest';
import type { Question } from '../../../src/wizard/question.ts';
import type { Change } from '../../../src/wizard/step.ts';
import { never, openDesk } from './desk.ts';
import { cards, choice, plan, problem, projects, step, text } from './questions.ts';

const kinds: [string, Question][] = [
  ['choice', choice(projects(2))],
  ['text', text()],
  ['plan', plan()],
  ['step', step()],
  ['problem', problem()],
];

test.each(kinds)('a %s takes back, leave and ?, which names the flag', async (_kind, question) => {
  const desk = openDesk();
  const back = desk.conversation.ask(question, never);
  await desk.asked();
  desk.press('?\r');
  const help = await desk.asked();
  expect(help).toContain(`Where nobody is there to answer, ${question.flag} does.`);
  expect(help).toMatch(/ {4}back {6}to the question before\n {4}leave {5}ends the wizard/);
  desk.press('back\r');
  expect(await back).toEqual({ kind: 'back' });

  const leave = desk.conversation.ask({ ...question, canGoBack: false }, never);
  await desk.asked();
  desk.press('BACK\r');
  // A text is there to be mended.
  expect(await desk.asked(question.kind === 'text' ? 'BACK' : '')).toContain('nothing to go back to');
  desk.press('\u0015leave\r');
  expect(await leave).toEqual({ kind: 'leave' });
});

test('a plan shows every change and its foot, and only a typed yes is a yes', async () => {
  const desk = openDesk();
  desk.conversation.steps(cards);
  const answer = desk.conversation.ask(plan(), never);
  const shown = await desk.asked();
  expect(shown).toContain('+ role      RemotionSA: 15 permissions\n                what the account may do');
  expect(shown).toContain('241 bindings of others stay as they are.');
  expect(shown).toContain('yes, step, details, edit, no, back or leave:');
  expect(shown).not.toContain('Step 1 of 1');
  desk.press('\r');
  expect(await desk.asked()).toContain('Enter alone does nothing here');
  desk.press('yep\r');
  expect(await desk.asked()).toContain('"yep" is none of the answers');
  desk.press('details\r');
  const details = await desk.asked();
  expect(details).toContain('  Custom role\n    run.services.create\n        deploys new services\n');
  expect(details).toContain('      gcloud iam roles create RemotionSA --project=acme\n');
  desk.press('Y\r');
  expect(await answer).toEqual({ kind: 'yes' });
});

test.each([
  ['s', plan(), { kind: 'step-by-step' }],
  ['step', plan(), { kind: 'step-by-step' }],
  ['edit', plan(), { kind: 'edit' }],
  ['n', plan(), { kind: 'no' }],
  ['b', plan(), { kind: 'back' }],
  ['l', plan(), { kind: 'leave' }],
  ['yes', step(), { kind: 'yes' }],
  ['no', step(), { kind: 'no' }],
  ['e', step(), { kind: 'edit' }],
] as const)('"%s" answers', async (word, question, expected) => {
  const desk = openDesk();
  const answer = desk.conversation.ask(question, never);
  await desk.asked();
  desk.press(`${word}\r`);
  expect(await answer).toEqual(expected);
});

test('a plan without details says that there are none', async () => {
  const desk = openDesk();
  const bare: Change = { sign: '~', what: 'sign-in', name: 'remotion-sa', why: '', source: '', requires: [] };
  const steps = [{ step: 'validate', changes: [bare] }];
  const answer = desk.conversation.ask(plan({ plan: { steps } }), never);
  await desk.asked();
  desk.press('d\r');
  expect(await desk.asked()).toContain('There is nothing more to tell.');
  desk.press('no\r');
  expect(await answer).toEqual({ kind: 'no' });
});

test('a title that is that of the step is said once', async () => {
  const desk = openDesk();
  desk.conversation.steps(cards);
  const answer = desk.conversation.ask(step({ title: 'Custom role' }), never);
  expect(await desk.asked()).toMatch(/^\n {2}Step 1 of 1\n\n {2}Custom role\n/);
  desk.press('y\r');
  expect(await answer).toEqual({ kind: 'yes' });
});

test('a step says where it stands, what was found, what changes and how it is taken back', async () => {
  const desk = openDesk();
  desk.conversation.steps(cards);
  desk.conversation.session({
    order: ['role'],
    nodes: {
      role: {
        state: 'differs',
        changes: [],
        facts: [
          { tone: 'note', text: 'no role RemotionSA in acme' },
          { tone: 'attention', text: 'actAs reaches every account' },
          { tone: 'note', text: 'the key was made' },
        ],
      },
    },
  });
  const answer = desk.conversation.ask(
    step({ editable: false, notes: [{ tone: 'note', text: 'the key was made' }] }),
    never,
  );
  const shown = await desk.asked();
  expect(shown).toContain('Step 1 of 1: Custom role');
  expect(shown).toContain('  Found   no role RemotionSA in acme\n  !       actAs reaches every account\n');
  expect(shown.match(/the key was made/g)).toHaveLength(1);
  expect(shown).toContain('  Undo    deletes the role; its ID stays taken for 37 days\n');
  expect(shown).toContain('yes, no, details, back or leave:');
  desk.press('edit\r');
  expect(await desk.asked()).toContain('none of the answers');
  desk.press('details\r');
  expect(await desk.asked()).toContain('run.services.create');
  desk.press('yes\r');
  expect(await answer).toEqual({ kind: 'yes' });
});
