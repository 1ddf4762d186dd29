import type { Line } from '../line.ts';
import { say } from '../lines.ts';
import { Rows } from '../Row.tsx';
import { useStage } from '../stage.ts';
import type { Marks } from '../theme.ts';
import type { Scroll } from './scroll-state.ts';

/** Lines of which a window is seen, and how many there are besides. Read aloud, all of them. */
export function Pane({ lines, scroll, width }: { lines: readonly Line[]; scroll: Scroll; width: number }) {
  const { spoken, marks } = useStage();
  if (spoken) return <Rows lines={lines} width={width} />;
  const shown = lines.slice(scroll.from, scroll.from + scroll.shown);
  const more = moreLine(scroll.above, scroll.below, marks);
  return <Rows lines={more === undefined ? shown : [...shown, more]} width={width} />;
}

/** "↑ 3 more  ↓ 12 more", or nothing where everything is seen. */
export function moreLine(above: number, below: number, marks: Marks): Line | undefined {
  const parts = [
    ...(above > 0 ? [`${marks.up} ${above.toLocaleString('en')} more`] : []),
    ...(below > 0 ? [`${marks.down} ${below.toLocaleString('en')} more`] : []),
  ];
  return parts.length === 0 ? undefined : say(parts.join('  '), 'dim');
}
