import { Box, Text } from 'ink';
import { useState } from 'react';
import type { ProblemQuestion } from '../../src/wizard/question.ts';
import { backBinding } from '../back-binding.ts';
import type { Binding } from '../binding.ts';
import { Frame } from '../Frame.tsx';
import { problemLines } from '../panels/problem.ts';
import { Rows } from '../Row.tsx';
import { useStage } from '../stage.ts';
import { List } from '../widgets/List.tsx';
import { columnsOf, untold } from '../widgets/list-columns.ts';
import { focused } from '../widgets/list-state.ts';
import { Pane } from '../widgets/Pane.tsx';
import { useList } from '../widgets/use-list.ts';
import { useScroll } from '../widgets/use-scroll.ts';
import { detailOf } from './option-detail.ts';
import { lettersOf } from './option-letters.ts';

/** Something went wrong or stands in the way: what it is, and the ways on, by arrows or by their letters. */
export function ProblemScreen({ question }: { question: ProblemQuestion }) {
  const { layout, marks, view, answer, spoken, copy } = useStage();
  const { preflight } = question;
  const { width, height } = layout.panel;
  const list = useList({ options: question.options, filter: false });
  const letters = lettersOf(question.options);
  const columns = columnsOf(question.options);
  const isTold = { width, columns, focus: false, letter: ' ', marks };
  const options = question.options.map((option) => ({
    ...option,
    detail: option.detail ?? untold(option, isTold),
  }));
  const hasDetail = options.some(({ detail }) => detail !== undefined);
  const listRows = Math.min(question.options.length, Math.max(Math.floor(height / 2), 1));
  const most = spoken ? Infinity : Math.max(height - listRows - 1, 1);
  const all = problemLines({ question, view }, { width, marks });
  const lines = problemLines({ question, view }, { width, marks, height: most });
  const [isOpen, setOpen] = useState(false);
  const inAll = useScroll(all.length, height);
  // The problem itself is worth more than a word about an option.
  const detailRows = hasDetail && most - lines.length >= 3 ? 3 : 0;
  const textRows = Math.max(Math.min(lines.length, most - detailRows), 1);
  const { scroll, bindings: scrolling } = useScroll(lines.length, textRows, false);
  const inFocus = options.find(({ id }) => id === focused(list.state)?.id);
  const toggle = (): void => setOpen(!isOpen);
  const choose = (): void => {
    const option = focused(list.now());
    if (option !== undefined) answer({ kind: 'chosen', id: option.id });
  };
  const byLetter = question.options.flatMap(({ id, label, unavailable }): Binding[] => {
    const letter = letters.get(id);
    return letter === undefined || unavailable !== undefined
      ? []
      : [{ keys: [letter], label, act: () => answer({ kind: 'chosen', id }), hidden: true }];
  });
  const bindings: readonly Binding[] = [
    { keys: ['enter'], label: 'choose', act: choose },
    ...list.bindings.filter(({ keys }) => keys.includes('up') || keys.includes('down')),
    ...(all.length > most ? [{ keys: ['d'], label: 'details', act: toggle }] : []),
    ...scrolling.map((binding) => ({ ...binding, hidden: true as const })),
    ...(preflight === undefined
      ? []
      : [
          {
            keys: ['c'],
            label: 'copy a message to send',
            short: 'copy message',
            act: () => copy(preflight.message.join('\n')),
          },
        ]),
    ...byLetter,
    ...backBinding(question, answer),
  ];
  if (isOpen)
    return (
      <Frame
        bindings={[
          { keys: ['escape', 'd', 'enter'], label: 'close details', short: 'close', act: toggle },
          ...inAll.bindings,
        ]}
      >
        <Pane lines={all} scroll={inAll.scroll} width={width} />
      </Frame>
    );
  return (
    <Frame bindings={bindings}>
      <Box flexDirection="column" height={textRows} flexShrink={0}>
        <Pane lines={lines} scroll={scroll} width={width} />
      </Box>
      {!spoken && <Text> </Text>}
      <List list={list.state} width={width} height={listRows} letters={letters} />
      {detailRows > 0 && (
        <Rows lines={detailOf(inFocus, { width, marks }, detailRows, spoken)} width={width} />
      )}
    </Frame>
  );
}
