import { Box, Text } from 'ink';
import { useRef } from 'react';
import { printable } from '../../src/print/printable.ts';
import type { Option } from '../../src/wizard/question.ts';
import { Rows } from '../Row.tsx';
import { useStage } from '../stage.ts';
import { columnsOf, optionLine } from './list-columns.ts';
import { rowsOf, type ListState } from './list-state.ts';
import { moreLine } from './Pane.tsx';
import { windowAround } from './scroll-state.ts';

interface ListProps {
  list: ListState;
  width: number;
  height: number;
  /** Letters that choose an option, by ID. */
  letters?: ReadonlyMap<string, string>;
}

/** The rows of a list around its focus. Pinned ones stay at the end of the window, as long as that leaves room. */
export function List({ list, width, height, letters }: ListProps) {
  const { marks, spoken } = useStage();
  const before = useRef(0);
  const pins = list.pinned.length <= height / 2 ? list.pinned : [];
  const moving = pins.length === 0 ? rowsOf(list) : list.shown;
  const room = Math.max(height - pins.length, 1);
  const rows = moving.length > room ? Math.max(room - 1, 1) : room;
  const at = moving.findIndex(({ id }) => id === list.focus);
  const from = windowAround(at === -1 ? before.current : at, moving.length, rows, before.current);
  before.current = from;
  const seen = moving.slice(from, from + rows);
  if (spoken) return <SpokenList options={[...seen, ...pins]} list={list} />;
  const columns = columnsOf(list.options);
  const line = (option: Option) =>
    optionLine(option, {
      width,
      columns,
      focus: option.id === list.focus,
      letter: letters && (letters.get(option.id) ?? ' '),
      marks,
    });
  const more = moreLine(from, moving.length - from - seen.length, marks);
  return (
    <Rows lines={[...seen.map(line), ...(more && room > 1 ? [more] : []), ...pins.map(line)]} width={width} />
  );
}

function SpokenList({ options, list }: { options: readonly Option[]; list: ListState }) {
  return (
    <Box flexDirection="column" aria-role="listbox">
      {options.map((option) => (
        <Box
          key={option.id}
          aria-role="option"
          aria-state={{ selected: option.id === list.focus, disabled: option.unavailable !== undefined }}
        >
          <Text>{printable(sentence(option))}</Text>
        </Box>
      ))}
    </Box>
  );
}

function sentence({ label, columns = [], unavailable }: Option): string {
  return [label, ...(unavailable === undefined ? columns : [unavailable])].filter(Boolean).join(', ');
}
