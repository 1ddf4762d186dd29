import type { Line } from './line.ts';
import { say, spread } from './lines.ts';
import { blank } from './panels/layout.ts';
import { Row } from './Row.tsx';
import { useStage, type Stage } from './stage.ts';
import { busyLine } from './busy-line.ts';
import { useSeconds } from './use-seconds.ts';

/** The line above the hints: what a key did, what is going on beside an open question, or the narration. */
export function StatusLine() {
  const stage = useStage();
  useSeconds(isBusyBeside(stage));
  return <Row line={statusLine(stage)} width={stage.layout.width} />;
}

function statusLine(stage: Stage): Line {
  const { view, notice, layout, marks, clock } = stage;
  if (notice !== undefined) return say(notice, 'accent');
  if (isBusyBeside(stage) && view.busy) return busyLine(view.busy, clock(), marks);
  return view.narration === undefined
    ? blank
    : spread(say(view.narration, 'dim'), [], layout.width, marks.ellipsis);
}

function isBusyBeside({ view, notice }: Stage): boolean {
  return view.busy !== undefined && view.question !== undefined && notice === undefined;
}
