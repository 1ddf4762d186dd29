import { Text } from 'ink';
import type { Line } from './line.ts';
import { cutLine, spoken } from './lines.ts';
import { useStage } from './stage.ts';
import { looks } from './theme.ts';

/**
 * Draws one line, and is the only one that draws: what it is given is made safe for a terminal, and cut to `width`
 * columns. Read aloud, an empty line is nothing.
 */
export function Row({ line, width }: { line: Line; width: number }) {
  const stage = useStage();
  if (stage.spoken) {
    const words = spoken(line);
    return words === '' ? null : <Text>{words}</Text>;
  }
  const spans = cutLine(line, width, stage.marks.ellipsis);
  if (spans.every((span) => span.text === '')) return <Text> </Text>;
  return (
    <Text wrap="truncate-end">
      {spans.map(({ text, tone, bold }, at) =>
        stage.colour ? (
          <Text key={at} {...looks[tone ?? 'plain']} bold={bold === true}>
            {text}
          </Text>
        ) : (
          text
        ),
      )}
    </Text>
  );
}

/** Draws lines below each other. */
export function Rows({ lines, width }: { lines: readonly Line[]; width: number }) {
  return lines.map((line, at) => <Row key={at} line={line} width={width} />);
}
