import { useState } from 'react';
import type { Binding } from '../binding.ts';
import { detailLines, gcloudOf } from '../panels/details.ts';
import { useStage } from '../stage.ts';
import type { Line } from '../line.ts';

/**
 * The details of a step, or of all, in place of the panel: their lines while they are open, the keys that open and close
 * them, and the key that copies the commands.
 */
export function useDetails(step: string): {
  lines: readonly Line[] | undefined;
  bindings: readonly Binding[];
} {
  const { view, marks, layout, copy } = useStage();
  const [isOpen, setOpen] = useState(false);
  const commands = gcloudOf({ view, step });
  const toggle = (): void => setOpen(!isOpen);
  const copying: Binding = { keys: ['c'], label: 'copy gcloud', short: 'copy', act: () => copy(commands) };
  return {
    lines: isOpen ? detailLines({ view, step }, { width: layout.panel.width, marks }) : undefined,
    bindings: [
      isOpen
        ? { keys: ['escape', 'd', 'enter'], label: 'close details', short: 'close', act: toggle }
        : { keys: ['d'], label: 'details', act: toggle },
      ...(commands === '' ? [] : [copying]),
    ],
  };
}
