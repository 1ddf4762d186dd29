import { Box, Text } from 'ink';
import { printable } from '../../src/print/printable.ts';
import { widthOf } from '../../src/print/width.ts';
import { Rows } from '../Row.tsx';
import { useStage } from '../stage.ts';
import { textLine } from './text-line.ts';
import type { TextState } from './text-state.ts';

/** What is typed, behind its name, or below it where that leaves little room. Always two rows at most. */
export function TextField({ noun, state, width }: { noun: string; state: TextState; width: number }) {
  const { marks, spoken } = useStage();
  const name = noun.charAt(0).toUpperCase() + noun.slice(1);
  if (spoken)
    return (
      <Box aria-role="textbox">
        <Text>{printable(`${name}: ${state.text === '' ? 'empty' : state.text}`)}</Text>
      </Box>
    );
  const label = { text: `${name}  `, tone: 'dim' } as const;
  const beside = width - widthOf(label.text);
  const lines =
    beside >= 40 ? [[label, ...textLine(state, beside, marks)]] : [[label], textLine(state, width, marks)];
  return <Rows lines={lines} width={width} />;
}
