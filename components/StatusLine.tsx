import { widthOf } from '../src/print/width.ts';
import { busyLine } from './busy-line.ts';
import { narrationWidth } from './layout.ts';
import type { Line } from './line.ts';
import { firstLines, say } from './lines.ts';
import { beside, blank, span, textLines } from './panels/layout.ts';
import { Rows } from './Row.tsx';
import { useStage, type Stage } from './stage.ts';
import { useSeconds } from './use-seconds.ts';

/** What stands above the hints: what a key did, what is going on beside an open question, or the narration. */
export function StatusLine() {
  const stage = useStage();
  const { status, width } = stage.layout;
  useSeconds(isBusyBeside(stage));
  const lines = statusLines(stage);
  const empty = Array.from({ length: status - lines.length }, () => blank);
  return <Rows lines={[...lines, ...empty]} width={width} />;
}

function statusLines(stage: Stage): readonly Line[] {
  const { view, notice, layout, marks, clock } = stage;
  if (notice !== undefined) return [say(notice, 'accent')];
  if (isBusyBeside(stage) && view.busy) return [busyLine(view.busy, clock(), marks)];
  if (view.narration === undefined) return [];
  const lines = textLines(view.narration, narrationWidth(layout.width), 'accent');
  const mark = span(marks.told, 'accent');
  return beside(mark, firstLines(lines, layout.status, marks.ellipsis), widthOf(marks.told) + 1);
}

function isBusyBeside({ view, notice }: Stage): boolean {
  return view.busy !== undefined && view.question !== undefined && notice === undefined;
}
