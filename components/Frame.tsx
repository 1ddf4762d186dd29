import { Box, Text } from 'ink';
import { useState, type ReactNode } from 'react';
import type { Binding } from './binding.ts';
import { headerLines } from './header.ts';
import { helpLines } from './help.ts';
import { hintLines } from './hints.ts';
import type { Line } from './line.ts';
import { blank } from './panels/layout.ts';
import { railEntries } from './rail-entries.ts';
import { railGlyphs, railLine, railLines } from './rail.ts';
import { Row, Rows } from './Row.tsx';
import { SpokenFrame } from './SpokenFrame.tsx';
import { useStage } from './stage.ts';
import { StatusLine } from './StatusLine.tsx';
import { useKeys } from './use-keys.ts';
import { Pane } from './widgets/Pane.tsx';
import { useScroll } from './widgets/use-scroll.ts';

interface FrameProps {
  /** What the keys of this screen do, the most important first. */
  bindings: readonly Binding[];
  /** Set where characters are text: then no letter is a key of the frame's own. */
  typing?: { into: 'filter' | 'text'; text: (text: string) => void };
  children: ReactNode;
}

/** What is around every panel: where we are, the steps, and the keys. It adds help and leaving to the screen's keys. */
export function Frame({ bindings, typing, children }: FrameProps) {
  const stage = useStage();
  const { layout, marks, view } = stage;
  const [helps, setHelps] = useState(false);
  const toggle = (): void => setHelps(!helps);
  const helpKey = typing?.into === 'text' ? 'ctrl-g' : '?';
  const all: readonly Binding[] = [
    ...bindings,
    { keys: [helpKey], label: 'help', short: '', act: toggle },
    { keys: typing ? ['ctrl-c'] : ['q', 'ctrl-c'], label: 'leave', act: stage.leave },
  ];
  const lines = helps ? helpLines(view, all, { width: layout.panel.width, marks }) : [];
  const { scroll, bindings: scrolling } = useScroll(lines.length, layout.panel.height);
  const here: readonly Binding[] = helps
    ? [
        { keys: ['escape', helpKey, 'enter'], label: 'close', act: toggle },
        ...scrolling,
        { keys: typing ? ['ctrl-c'] : ['q', 'ctrl-c'], label: 'leave', act: stage.leave },
      ]
    : all;
  useKeys(here, helps ? undefined : typing?.text);
  const content = helps ? <Pane lines={lines} scroll={scroll} width={layout.panel.width} /> : children;
  const hints = view.suggesting === true ? takeOverHints : hintLines(here, layout.width, layout.hints, marks);
  const steps = layout.rail.at === 'header' ? railGlyphs(railEntries(view), marks) : [];
  if (stage.spoken) return <SpokenFrame bindings={here}>{content}</SpokenFrame>;
  return (
    <Box
      flexDirection="column"
      width={layout.columns}
      height={layout.height}
      paddingX={layout.margin}
      paddingTop={layout.top}
      overflow="hidden"
    >
      <Box flexDirection="column" flexShrink={0}>
        <Rows lines={headerLines(view.header, layout.width, marks, steps)} width={layout.width} />
        <Text> </Text>
      </Box>
      <Body>{content}</Body>
      <Box flexDirection="column" flexShrink={0}>
        <StatusLine />
        <Rows lines={filled(hints, layout.hints)} width={layout.width} />
      </Box>
    </Box>
  );
}

/** While a demo plays itself. */
const takeOverHints: readonly Line[] = [
  [
    { text: 'any key', tone: 'accent' },
    { text: ' takes over  ', tone: 'dim' },
    { text: 'ctrl-c', tone: 'accent' },
    { text: ' leave', tone: 'dim' },
  ],
];

function Body({ children }: { children: ReactNode }) {
  const { layout, marks, view } = useStage();
  const { rail, panel, width } = layout;
  const entries = railEntries(view);
  return (
    <Box flexDirection={rail.at === 'left' ? 'row' : 'column'} flexGrow={1} flexShrink={1} overflow="hidden">
      {rail.at === 'left' && (
        <Box flexDirection="column" width={rail.width + rail.gap} flexShrink={0}>
          <Rows
            lines={railLines(entries, {
              width: rail.width,
              height: panel.height,
              marks,
              more: view.steps.length === 0,
            })}
            width={rail.width}
          />
        </Box>
      )}
      {rail.at === 'line' && (
        <Box flexDirection="column" flexShrink={0}>
          <Row line={railLine(entries, marks, width)} width={width} />
          <Text> </Text>
        </Box>
      )}
      <Box flexDirection="column" width={panel.width} height={panel.height} flexShrink={0} overflow="hidden">
        {children}
      </Box>
    </Box>
  );
}

/** As many lines as are kept for the hints, so that nothing moves when one falls away. */
function filled(lines: readonly Line[], count: number): readonly Line[] {
  return Array.from({ length: count }, (_, at) => lines[at] ?? blank);
}
