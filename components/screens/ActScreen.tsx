import type { Binding } from '../binding.ts';
import { Frame } from '../Frame.tsx';
import type { Line } from '../line.ts';
import { useStage } from '../stage.ts';
import { Pane } from '../widgets/Pane.tsx';
import { useScroll } from '../widgets/use-scroll.ts';
import { useDetails } from './use-details.ts';

interface ActScreenProps {
  lines: readonly Line[];
  /** Whose details there are: a step's ID, or "all". */
  step: string;
  /** The most important keys, and those after the keys for details. */
  bindings: readonly Binding[];
  further: readonly Binding[];
}

/** Something that is about to be done: it is read, looked into, and answered. */
export function ActScreen({ lines, step, bindings, further }: ActScreenProps) {
  const { width, height } = useStage().layout.panel;
  const details = useDetails(step);
  const before = useScroll(lines.length, height);
  const inDetails = useScroll(details.lines?.length ?? 0, height);
  const { scroll, bindings: scrolling } = details.lines ? inDetails : before;
  const keys = details.lines
    ? [...details.bindings, ...scrolling]
    : [...bindings, ...details.bindings, ...scrolling, ...further];
  return (
    <Frame bindings={keys}>
      <Pane lines={details.lines ?? lines} scroll={scroll} width={width} />
    </Frame>
  );
}
