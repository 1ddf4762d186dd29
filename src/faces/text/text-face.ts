import type { Node, Progress } from '../../wizard/node.ts';
import type { Problem } from '../../wizard/problem.ts';
import { nodeOf, type Session } from '../../wizard/session.ts';
import type { Change } from '../../wizard/step.ts';
import type { Face, Scene } from '../face.ts';
import { glyphsFor, showsUnicode } from '../../print/glyphs.ts';
import { printed } from '../../print/printable.ts';
import { changeLines, reasonLines } from './changes.ts';
import { duration, labelled, margin } from '../../print/layout.ts';
import { demoLines } from './demo.ts';
import { outcomeLines } from './outcome.ts';
import { problemLines } from './problem.ts';

export interface TextOptions {
  /** Results. */
  out: NodeJS.WritableStream;
  /** Progress. */
  err: NodeJS.WritableStream;
  env: NodeJS.ProcessEnv;
  /** Columns to fill; 80 where there is no terminal. */
  width: number;
}

// A wait that goes on is told again after these many ms, so that a log shows it lives without being flooded.
const retellMs = 5000;
// What takes less than this is not worth a line.
const silentMs = 1000;

/** Plain lines, never asking: progress on stderr as it comes, the result on stdout. */
export function textFace({ out, err, env, width }: TextOptions): Face {
  const glyphs = glyphsFor(env);
  const arrow = showsUnicode(env) ? '→' : '->';
  const marks = { glyphs, arrow, width };
  const told = new Map<string, { waitingFor: string; at: number }>();
  const began = new Map<string, number>();
  const seen = new Set<string>();
  let scene: Scene | undefined;

  const say = (lines: readonly string[]): void => void err.write(printed(lines));
  const title = (step: string): string => scene?.steps.find(({ id }) => id === step)?.title ?? step;
  const step = (node: Node, id: string, text: string): string[] =>
    labelled(`${glyphs[node.state].padEnd(2)} ${title(id)}`, text, 17, width);

  return {
    begin(given) {
      scene = given;
      const { profile, project, operator, endpoint } = given;
      if (given.demo) say(demoLines(given, width));
      say([
        ...labelled('iamready', `${profile.title} ${arrow} ${project}`, 10, width),
        ...labelled('as', operator, 10, width),
        ...(endpoint === undefined ? [] : labelled('on', `${endpoint}, which is not Google`, 10, width)),
        '',
      ]);
    },

    event(event, session) {
      const node = nodeOf(session, event.step);
      if (event.type === 'progress') {
        if (isWorthTelling(event.step, event.progress)) say(step(node, event.step, waitText(event.progress)));
        return;
      }
      if (event.type === 'approve') {
        began.set(event.step, performance.now());
        say(step(node, event.step, names('changes' in node ? node.changes : [])));
      } else if (began.has(event.step)) tell(event.step, node);
      else tellSeen(session);
    },

    plan({ steps }, going) {
      if (!going) return;
      const total = steps.reduce((sum, { changes }) => sum + changes.length, 0);
      say([
        '',
        `${margin}What will change in ${scene?.project ?? 'the project'}. Nothing has been written.`,
        '',
      ]);
      for (const change of steps.flatMap(({ changes }) => changes))
        say([...changeLines(change, width, arrow), ...reasonLines(change, width)]);
      say([
        '',
        `${margin}${total === 1 ? '1 change' : `${total} changes`}; everything else stays as it is.`,
        '',
      ]);
    },

    end: (outcome) => {
      if (scene === undefined) return;
      out.write(printed(outcomeLines(scene, outcome, marks)));
    },

    problem: (problem: Problem) => say(problemLines(problem, undefined, marks)),
  };

  function tell(id: string, node: Node): void {
    if (node.state === 'ready') {
      say(step(node, id, readyText(node, began.get(id))));
      for (const { text } of node.facts.filter(({ tone }) => tone === 'attention'))
        say(labelled('!', text, 17, width));
    } else if (node.state === 'blocked' || node.state === 'failed') say(step(node, id, node.problem.what));
  }

  /** Looks end in any order; they are told in that of the steps. */
  function tellSeen(session: Session): void {
    for (const id of session.order) {
      const node = nodeOf(session, id);
      if (node.state === 'pending' || node.state === 'looking') return;
      if (seen.has(id)) continue;
      seen.add(id);
      tell(id, node);
    }
  }

  function isWorthTelling(id: string, { waitingFor, elapsedMs }: Progress): boolean {
    if (elapsedMs < silentMs) return false;
    const last = told.get(id);
    if (last?.waitingFor === waitingFor && elapsedMs - last.at < retellMs) return false;
    told.set(id, { waitingFor, at: elapsedMs });
    return true;
  }
}

function waitText({ waitingFor, done, total, elapsedMs, usuallyMs }: Progress): string {
  const far = done !== undefined && total !== undefined ? ` (${done} of ${total})` : '';
  return `waiting for ${waitingFor}${far}; ${duration(elapsedMs)}, usually ${duration(usuallyMs)}`;
}

function readyText(node: Extract<Node, { state: 'ready' }>, began: number | undefined): string {
  const found = node.facts.find(({ tone }) => tone === 'note')?.text ?? 'as wanted';
  const waits = (node.waits ?? [])
    .filter(({ ms }) => ms >= 100)
    .map(({ waitedFor, ms }) => `waited ${duration(ms)} for ${waitedFor}`);
  const took = began === undefined ? [] : [`took ${duration(performance.now() - began)}`];
  return [found, ...waits, ...took].join('; ');
}

function names(changes: readonly Change[]): string {
  return [...new Set(changes.map(({ name }) => name))].join(', ');
}
