import type { StepQuestion } from '../../src/wizard/question.ts';
import { backBinding } from '../back-binding.ts';
import { stepLines } from '../panels/step.ts';
import { useStage } from '../stage.ts';
import { ActScreen } from './ActScreen.tsx';

/** One step before it acts, for a person who goes step by step. */
export function StepScreen({ question }: { question: StepQuestion }) {
  const { layout, marks, view, answer, spoken } = useStage();
  const { width, height } = layout.panel;
  const room = spoken ? { width, marks } : { width, height, marks };
  return (
    <ActScreen
      step={question.step}
      lines={stepLines({ question, view }, room)}
      bindings={[{ keys: ['enter', 'y'], label: 'do it', act: () => answer({ kind: 'yes' }) }]}
      further={[
        ...(question.editable
          ? [{ keys: ['e'], label: 'edit names', short: 'edit', act: () => answer({ kind: 'edit' }) }]
          : []),
        { keys: ['n'], label: 'go on without it', short: 'without', act: () => answer({ kind: 'no' }) },
        ...backBinding(question, answer),
      ]}
    />
  );
}
