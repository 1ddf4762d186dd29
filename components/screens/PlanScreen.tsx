import type { PlanQuestion } from '../../src/wizard/question.ts';
import { backBinding } from '../back-binding.ts';
import { planLines } from '../panels/plan.ts';
import { useStage } from '../stage.ts';
import { ActScreen } from './ActScreen.tsx';

/** The one question before the first write: everything that will change. */
export function PlanScreen({ question }: { question: PlanQuestion }) {
  const { layout, marks, view, answer, spoken } = useStage();
  const { width, height } = layout.panel;
  const room = spoken ? { width, marks } : { width, height, marks };
  return (
    <ActScreen
      step="all"
      lines={planLines({ question, view }, room)}
      bindings={[
        { keys: ['enter', 'y'], label: 'do it', act: () => answer({ kind: 'yes' }) },
        { keys: ['s'], label: 'step by step', short: 'steps', act: () => answer({ kind: 'step-by-step' }) },
      ]}
      further={[
        ...(question.writable
          ? [
              {
                keys: ['o'],
                label: 'write plan to a file',
                short: 'to a file',
                act: () => answer({ kind: 'write-plan' }),
              },
            ]
          : []),
        ...(question.editable
          ? [{ keys: ['e'], label: 'edit names', short: 'edit', act: () => answer({ kind: 'edit' }) }]
          : []),
        { keys: ['n'], label: 'change nothing', short: 'no', act: () => answer({ kind: 'no' }) },
        ...backBinding(question, answer),
      ]}
    />
  );
}
