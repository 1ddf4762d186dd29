import { busyLine } from '../busy-line.ts';
import { Frame } from '../Frame.tsx';
import type { Line } from '../line.ts';
import { blank } from '../panels/layout.ts';
import { sessionLines } from '../panels/session.ts';
import { useStage } from '../stage.ts';
import { useSeconds } from '../use-seconds.ts';
import type { View } from '../view.ts';
import { Pane } from '../widgets/Pane.tsx';
import { useScroll } from '../widgets/use-scroll.ts';

/** What is going on while no question is open: the steps at work, and what takes a moment. */
export function SessionScreen() {
  const { layout, marks, view, clock } = useStage();
  const { width, height } = layout.panel;
  useSeconds(isAtWork(view));
  const now = clock();
  const steps = sessionLines({ view, now }, { width, marks, height });
  const busy: Line[] = view.busy ? [busyLine(view.busy, now, marks)] : [];
  const lines = [...busy, ...(busy.length > 0 && steps.length > 0 ? [blank] : []), ...steps];
  const { scroll, bindings } = useScroll(lines.length, height);
  return (
    <Frame bindings={bindings}>
      <Pane lines={lines} scroll={scroll} width={width} />
    </Frame>
  );
}

function isAtWork({ busy, session }: View): boolean {
  const working = new Set(['looking', 'acting', 'settling']);
  return busy !== undefined || Object.values(session?.nodes ?? {}).some(({ state }) => working.has(state));
}
