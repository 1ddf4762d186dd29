import { Box, Text } from 'ink';
import { useState } from 'react';
import type { ChoiceQuestion } from '../../src/wizard/question.ts';
import { backBinding } from '../back-binding.ts';
import type { Binding } from '../binding.ts';
import { Frame } from '../Frame.tsx';
import { questionHead } from '../question-head.ts';
import { Rows } from '../Row.tsx';
import { useStage } from '../stage.ts';
import { filterLine } from '../widgets/filter-line.ts';
import { List } from '../widgets/List.tsx';
import { focused } from '../widgets/list-state.ts';
import { Pane } from '../widgets/Pane.tsx';
import { useList } from '../widgets/use-list.ts';
import { useScroll } from '../widgets/use-scroll.ts';
import { choiceHeights } from './choice-heights.ts';
import { detailOf, longestDetail } from './option-detail.ts';

/** Choose one of a list, which may still grow, and may be filtered by typing. */
export function ChoiceScreen({ question }: { question: ChoiceQuestion }) {
  const { layout, marks, answer, spoken, copy } = useStage();
  const { copy: text } = question;
  const { width, height } = layout.panel;
  const room = { width, marks };
  const list = useList(question);
  const all = questionHead(question, room, Infinity);
  const [isOpen, setOpen] = useState(false);
  const inAll = useScroll(all.length, height);
  const toggle = (): void => setOpen(!isOpen);
  const { state } = list;
  const choose = (): void => {
    const option = focused(list.now());
    if (option !== undefined) answer({ kind: 'chosen', id: option.id });
  };
  const clear: Binding = { keys: ['escape'], label: 'clear', act: () => list.send({ type: 'clear' }) };
  const typing = { into: 'filter', text: (text: string) => list.send({ type: 'type', text }) } as const;
  const above = questionHead(question, room, spoken ? Infinity : height);
  const filter = filterLine(state, question, room);
  const heights = choiceHeights(height, {
    head: above.length,
    filter: filter === undefined ? 0 : 1,
    list: state.total + state.pinned.length,
    detail: longestDetail(state.options, width),
  });
  const bindings: readonly Binding[] = [
    { keys: ['enter'], label: 'choose', act: choose },
    ...list.bindings,
    ...(text === undefined ? [] : [{ keys: ['c'], label: 'copy', act: () => copy(text) }]),
    ...(text === undefined || all.length <= heights.head
      ? []
      : [{ keys: ['d'], label: 'read it all', short: 'all', act: toggle }]),
    ...(state.filter === '' ? backBinding(question, answer) : [clear]),
  ];
  const head = questionHead(question, room, spoken ? Infinity : heights.head);
  if (isOpen)
    return (
      <Frame bindings={[{ keys: ['escape', 'd', 'enter'], label: 'close', act: toggle }, ...inAll.bindings]}>
        <Pane lines={all} scroll={inAll.scroll} width={width} />
      </Frame>
    );
  return (
    <Frame bindings={bindings} {...(question.filter && { typing })}>
      <Rows lines={head} width={width} />
      {heights.gap > 0 && !spoken && <Text> </Text>}
      {filter && <Rows lines={[filter]} width={width} />}
      <Box flexDirection="column" height={heights.list} flexShrink={0}>
        <List list={state} width={width} height={heights.list} />
      </Box>
      {heights.detail > 0 && (
        <Rows lines={detailOf(focused(state), room, heights.detail, spoken)} width={width} />
      )}
    </Frame>
  );
}
