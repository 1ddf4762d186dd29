import type { Preflight } from '../../wizard/preflight.ts';
import type { Problem } from '../../wizard/problem.ts';
import { nodeOf } from '../../wizard/session.ts';
import type { KeylessUse, Outcome, Scene } from '../face.ts';
import { envLines, nextLines } from './env-lines.ts';
import { decisionLines, driftLines, type Titled } from './drift.ts';
import { duration, labelled, margin, wrap } from '../../print/layout.ts';
import { troubleLines, type Marks } from './problem.ts';
import { planWrittenLines } from './plan-written.ts';
import { preflightLines } from './preflight.ts';
import { rotatedLines } from './rotated.ts';
import { undoOutcomeLines } from './undo.ts';

/** The last thing a run says: the receipt, what differs, or what stands in the way. */
export function outcomeLines(scene: Scene, outcome: Outcome, marks: Marks): string[] {
  if (scene.command === 'undo') return undoOutcomeLines(scene, outcome, marks);
  const nodes = scene.steps.map(({ id, title }) => ({ title, node: nodeOf(outcome.session, id) }));
  const troubles = nodes.flatMap(({ title, node }) =>
    node.state === 'failed' || node.state === 'blocked' ? [{ title, problem: node.problem }] : [],
  );
  const { leftOut = [], planFile, preflight } = outcome;
  if (planFile !== undefined) return planWrittenLines(scene, outcome, planFile, nodes, marks);
  if (troubles.length > 0) {
    const left = wrap(leftBehind(nodes), marks.width - 2).map((line) => margin + line);
    return ['', ...wallLines(troubles, preflight, marks), '', ...left];
  }
  if (leftOut.length > 0) {
    const head = wrap(`Not ready yet: you went on without this.`, marks.width - 2).map(
      (line) => margin + line,
    );
    const kept = wrap(leftBehind(nodes), marks.width - 2).map((line) => margin + line);
    return ['', ...head, '', ...wallLines(leftOut, preflight, marks), '', ...kept];
  }
  if (outcome.status === 'ready' && scene.command === 'rotate') return rotatedLines(scene, outcome, marks);
  if (outcome.status === 'ready') return receipt(scene, outcome, nodes, marks);
  return driftLines(scene, outcome, nodes, marks);
}

/** What stands in the way; what the operator may not do is told once, with who may. */
function wallLines(
  troubles: readonly { title: string; problem: Problem }[],
  preflight: Preflight | undefined,
  marks: Marks,
): string[] {
  const isTold = ({ stops, missing = [], exit }: Problem): boolean =>
    preflight !== undefined && (stops !== undefined || (missing.length > 0 && exit === 'blocked'));
  const rest = troubles.filter(({ problem }) => !isTold(problem));
  const lines = troubleLines(rest, marks);
  if (preflight === undefined) return lines;
  return [...(lines.length === 0 ? [] : [...lines, '']), ...preflightLines(preflight, marks)];
}

/** What a run that did not end well leaves. An act that failed may have been carried out all the same. */
function leftBehind(nodes: readonly Titled[]): string {
  const mended = nodes.filter(({ node }) => node.state === 'ready' && node.changed.length > 0);
  if (mended.length === 0)
    return nodes.some(({ node }) => node.state === 'failed')
      ? 'The next run looks at everything again and goes on from there.'
      : 'Nothing was written.';
  return `Done before that, and kept: ${mended.map(({ title }) => title.toLowerCase()).join(', ')}. The next run goes on from here.`;
}

function receipt(scene: Scene, outcome: Outcome, nodes: readonly Titled[], { width }: Marks): string[] {
  const checks = nodes.flatMap(({ node }) => ('checks' in node ? (node.checks ?? []) : []));
  const changed = nodes.filter(({ node }) => node.state === 'ready' && node.changed.length > 0);
  const wrote = changed.map(({ title }) => title).filter((title) => title !== 'Validate');
  const head = wrote.length === 0 ? 'In sync; nothing was written.' : doneWords(scene, wrote);
  const line = (label: string, text: string): string[] => labelled(`  ${label}`, text, 9, width);
  return [
    '',
    ...wrap(`${head} ${proofWords(scene, checks.length)}, in ${duration(outcome.elapsedMs)}.`, width - 2).map(
      (text) => margin + text,
    ),
    '',
    ...(scene.demo
      ? [
          ...line(
            'key',
            outcome.keyless ? 'none: no key was made' : 'made, used, and deleted with this demo',
          ),
          ...line('next', 'iamready does the same on Google, step by step'),
        ]
      : [
          ...(outcome.keyless === undefined
            ? line('key', `${scene.keyFile} (only you can read it)`)
            : [...line('key', 'none: no key was made, and none can be lost'), ...copied(outcome.keyless)]),
          ...envLines(outcome, line),
          ...nextLines(scene, line),
          ...line('later', `${scene.again('check')} tells whether it is still so`),
          ...line(
            'report',
            `${scene.again('report')} --html=report.html shows it to those who review access`,
          ),
          ...(outcome.undoable
            ? line('undo', `${scene.again('undo')} takes away what was made, and nothing else`)
            : []),
        ]),
    ...blankBefore(decisionLines(nodes, width)),
  ];
}

function blankBefore(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** Where nothing was tested, the account was not signed in to: then its step says why. */
function proofWords({ email }: Scene, tested: number): string {
  return tested === 0
    ? `${email} has its role, as far as you can see; its sign-in was not tried`
    : `${email} has all ${tested} permissions; checked as itself`;
}

function doneWords({ command }: Scene, titles: readonly string[]): string {
  return command === 'repair' ? `Repaired: ${titles.join(', ').toLowerCase()}.` : 'Ready.';
}

/** Lines that are there to be copied: never wrapped. */
function copied({ label, intro, lines }: KeylessUse): string[] {
  if (intro !== undefined)
    return [`${margin}  ${label.padEnd(7)}${intro}`, '', ...lines.map((text) => `${margin}    ${text}`), ''];
  return lines.map((text, at) => `${margin}  ${(at === 0 ? label : '').padEnd(7)}${text}`);
}
