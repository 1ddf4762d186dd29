import type { Problem } from '../../wizard/problem.ts';
import type { Face, Scene } from '../face.ts';
import { glyphsFor, showsUnicode } from '../../print/glyphs.ts';
import { printed } from '../../print/printable.ts';
import { changeLines, reasonLines } from './changes.ts';
import { labelled, margin } from '../../print/layout.ts';
import { demoLines } from './demo.ts';
import { eventTeller } from './events.ts';
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

/** Plain lines, never asking: progress on stderr as it comes, the result on stdout. */
export function textFace({ out, err, env, width }: TextOptions): Face {
  const glyphs = glyphsFor(env);
  const arrow = showsUnicode(env) ? '→' : '->';
  const marks = { glyphs, arrow, width };
  let scene: Scene | undefined;

  const say = (lines: readonly string[]): void => void err.write(printed(lines));
  const title = (step: string): string => scene?.steps.find(({ id }) => id === step)?.title ?? step;
  const tellEvent = eventTeller({ say, title, glyphs, width });

  return {
    begin(given) {
      scene = given;
      const { profile, project, operator, endpoint } = given;
      if (given.demo) say(demoLines(given, width));
      say([
        ...labelled('iamready', `${profile.title} ${arrow} ${project}`, 10, width),
        ...labelled('as', operator, 10, width),
        ...(endpoint === undefined ? [] : labelled('on', `${endpoint}, which is not Google`, 10, width)),
        ...given.notices.flatMap((notice) => labelled('!', notice, 10, width)),
        '',
      ]);
    },

    changed(given) {
      scene = given;
    },

    event: tellEvent,

    plan({ steps }, going, more = []) {
      if (!going) return;
      const repairs = scene?.command === 'repair';
      const total = steps.reduce((sum, { changes }) => sum + changes.length, 0);
      say(['', `${margin}${planTitle(scene)} Nothing has been written.`, '']);
      for (const change of steps.flatMap(({ changes }) => changes))
        say([...changeLines(change, width, arrow, repairs), ...reasonLines(change, width)]);
      if (more.length > 0)
        say([
          '',
          `${margin}Each permission that it asks for:`,
          '',
          ...more.flatMap((text) => labelled('', text, 2, width)),
        ]);
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
}

function planTitle(scene: Scene | undefined): string {
  const { project = 'the project', command } = scene ?? {};
  if (command === 'repair') return `What differs in ${project}, and will be mended.`;
  return command === 'undo' ? `What will be taken away from ${project}.` : `What will change in ${project}.`;
}
