import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { printable } from '../src/print/printable.ts';
import { allKeysShown, type Binding } from './binding.ts';
import { headerSpoken } from './header.ts';
import { railEntries } from './rail-entries.ts';
import { stateWords } from './rail.ts';
import { useStage } from './stage.ts';

/** The frame for those who hear it: who and where, the panel, then the steps and the keys, in sentences. */
export function SpokenFrame({ bindings, children }: { bindings: readonly Binding[]; children: ReactNode }) {
  const { view, notice, marks } = useStage();
  const entries = railEntries(view);
  const keys = bindings.filter(({ hidden }) => hidden !== true);
  const takeOver = view.suggesting === true ? 'It plays itself. Any key takes over.' : undefined;
  const said = [notice, view.narration, takeOver].filter((text) => text !== undefined);
  return (
    <Box flexDirection="column">
      <Text>{printable(headerSpoken(view.header).join(' '))}</Text>
      <Box flexDirection="column">{children}</Box>
      {said.map((text, at) => (
        <Text key={at}>{printable(text)}</Text>
      ))}
      <Box flexDirection="column" aria-role="list">
        {entries.map(({ title, state, here }, at) => (
          <Box key={at} aria-role="listitem">
            <Text>{printable(`${title}: ${here ? 'here, ' : ''}${stateWords[state]}.`)}</Text>
          </Box>
        ))}
      </Box>
      <Text>
        {`Keys: ${keys.map((binding) => `${allKeysShown(binding, marks, ' or ')}: ${binding.label}`).join('; ')}.`}
      </Text>
    </Box>
  );
}
