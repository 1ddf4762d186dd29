import { Text } from 'ink';
import type { TextQuestion } from '../../src/wizard/question.ts';
import { backBinding } from '../back-binding.ts';
import type { Binding } from '../binding.ts';
import { Frame } from '../Frame.tsx';
import { questionHead } from '../question-head.ts';
import { Rows } from '../Row.tsx';
import { useStage } from '../stage.ts';
import { TextField } from '../widgets/TextField.tsx';
import { useText } from '../widgets/use-text.ts';
import { verdictLines } from '../widgets/verdict.ts';

/** Type something; what is wrong with it is said at every key, and Enter waits until nothing is. */
export function TextScreen({ question }: { question: TextQuestion }) {
  const { layout, marks, answer, spoken } = useStage();
  const { width, height } = layout.panel;
  const room = { width, marks };
  const field = useText(question, (text) => answer({ kind: 'typed', text }));
  const bindings: readonly Binding[] = [
    { keys: ['enter'], label: 'go on', act: field.submit },
    ...field.bindings,
    ...backBinding(question, answer),
  ];
  const verdict = verdictLines(field.verdict, room);
  const most = Math.max(height - 3 - Math.max(verdict.length, 2), 2);
  const head = questionHead(question, room, spoken ? Infinity : most);
  return (
    <Frame
      bindings={bindings}
      typing={{ into: 'text', text: (text) => field.send({ type: 'insert', text }) }}
    >
      <Rows lines={head} width={width} />
      {!spoken && <Text> </Text>}
      <TextField noun={question.noun} state={field.state} width={width} />
      <Rows lines={verdict} width={width} />
    </Frame>
  );
}
