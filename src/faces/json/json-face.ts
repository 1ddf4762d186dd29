import { exitCodes } from '../../wizard/exit-codes.ts';
import type { Node } from '../../wizard/node.ts';
import type { Preflight } from '../../wizard/preflight.ts';
import type { Problem } from '../../wizard/problem.ts';
import { nodeOf, planOf, type Session } from '../../wizard/session.ts';
import type { Change } from '../../wizard/step.ts';
import type { Face, Scene } from '../face.ts';
import type { Event } from './events.ts';
import { undoneIn } from '../undone.ts';
import { jsonLine } from './json-line.ts';

/** NDJSON on the given stream: one event a line, the last one the result. */
export function jsonFace(out: NodeJS.WritableStream): Face {
  let scene: Scene | undefined;
  const print = (event: Event): void => void out.write(jsonLine(event));
  return {
    begin(given) {
      scene = given;
      print({
        v: 1,
        type: 'run.started',
        command: given.command,
        profile: given.profile.name,
        project: given.project,
        email: given.email,
        keyFile: given.keyFile,
        operator: given.operator,
        endpoint: given.endpoint ?? null,
        steps: given.steps.map(({ id }) => id),
        dryRun: given.dryRun,
        notices: [...given.notices],
      });
    },
    changed(given) {
      scene = given;
    },
    event(event, session) {
      const { step } = event;
      if (event.type !== 'progress') {
        print({ v: 1, type: 'step', step, ...stepLine(nodeOf(session, step)) });
        return;
      }
      const { elapsedMs, usuallyMs, checks, ...waiting } = event.progress;
      print({
        v: 1,
        type: 'progress',
        step,
        ...waiting,
        ...(checks && { checks: [...checks] }),
        elapsedMs: Math.round(elapsedMs),
        usuallyMs,
      });
    },
    plan: ({ steps }) =>
      print({
        v: 1,
        type: 'plan',
        steps: steps.map(({ step, changes }) => ({ step, changes: changes.map(changeLine) })),
      }),
    end({ session, status, exit, missingFlag, keyless, preflight, planFile, elapsedMs }) {
      if (preflight) print(preflightLine(preflight));
      const problem = problemOf(session);
      print({
        v: 1,
        type: 'result',
        status,
        exitCode: exitCodes[exit].code,
        states: Object.fromEntries(session.order.map((id) => [id, nodeOf(session, id).state])),
        changes: planOf(session).flatMap(({ step, changes }) =>
          changes.map((change) => ({ step, ...changeLine(change) })),
        ),
        ...(scene?.command === 'undo' && undoneLine(session)),
        ...(scene && { email: scene.email }),
        ...(scene && keyless === undefined && { keyFile: scene.keyFile }),
        ...(keyless && { keyless: { ...keyless, lines: [...keyless.lines] } }),
        ...(missingFlag !== undefined && { missingFlag }),
        ...(planFile && { planFile: planFile.file }),
        ...(problem && { problem: problemLine(problem) }),
        elapsedMs: Math.round(elapsedMs),
      });
    },
    problem: (problem) =>
      print({
        v: 1,
        type: 'result',
        status: problem.exit === 'cloud' || problem.exit === 'bug' ? 'failed' : 'blocked',
        exitCode: exitCodes[problem.exit].code,
        problem: problemLine(problem),
      }),
  };
}

/** The first problem of a session, with what the operator lacks for all of them together. */
function problemOf(session: Session): Problem | undefined {
  const problems = session.order
    .map((id) => nodeOf(session, id))
    .flatMap((node) => ('problem' in node ? [node.problem] : []));
  const [first] = problems;
  const missing = [...new Set(problems.flatMap((problem) => problem.missing ?? []))];
  return first && { ...first, ...(missing.length > 0 && { missing }) };
}

function stepLine(node: Node) {
  return {
    state: node.state,
    ...('changes' in node && { changes: node.changes.map(changeLine) }),
    ...('changed' in node && node.changed.length > 0 && { changes: node.changed.map(changeLine) }),
    ...('facts' in node && { facts: [...node.facts] }),
    ...('checks' in node && node.checks && { checks: [...node.checks] }),
    ...('waits' in node &&
      node.waits && { waits: node.waits.map((wait) => ({ ...wait, ms: Math.round(wait.ms) })) }),
    ...('problem' in node && { problem: problemLine(node.problem) }),
  };
}

function undoneLine(session: Session) {
  const { taken, stays, refused } = undoneIn(session);
  return {
    taken: taken.map(({ step, change }) => ({ step, ...changeLine(change) })),
    stays: [...stays],
    refused: refused.map(({ step, problem }) => ({ step, problem: problemLine(problem) })),
  };
}

function changeLine({ sign, what, name, from, to, why, source, gcloud, asks }: Change) {
  return { sign, what, name, from, to, why, source, gcloud, asks };
}

function preflightLine(preflight: Preflight): Event {
  const { operator, project, lacks, remedies, ask, possible, message } = preflight;
  return {
    ...{ v: 1, type: 'preflight', operator, project },
    lacks: lacks.map(({ permission, place, stops }) => ({
      permission,
      on: place,
      stops: stops.map(({ sign, what, name }) => ({ sign, what, name })),
    })),
    remedies: remedies.map(({ place, permissions, role, together, heldByNone, gcloud }) => ({
      on: place,
      permissions: [...permissions],
      role: role ?? null,
      together: [...together],
      heldByNone: [...heldByNone],
      gcloud: [...gcloud],
    })),
    ask: ask.map(({ member, role, place }) => ({ member, role, on: place })),
    possible: possible.map(({ step }) => step),
    message: message.join('\n'),
  };
}

function problemLine({ mover, what, why, next, missing, differences, keys, call }: Problem) {
  const lists = {
    ...(missing && { missing: [...missing] }),
    ...(differences && { differences: [...differences] }),
    ...(keys && { keys: [...keys] }),
  };
  return { mover, what, why, next, ...lists, call };
}
