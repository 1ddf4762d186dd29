import { useStage } from '../stage.ts';
import { ChoiceScreen } from './ChoiceScreen.tsx';
import { PlanScreen } from './PlanScreen.tsx';
import { ProblemScreen } from './ProblemScreen.tsx';
import { SessionScreen } from './SessionScreen.tsx';
import { StepScreen } from './StepScreen.tsx';
import { TextScreen } from './TextScreen.tsx';

/** The screen for the open question, or for the session where none is open. */
export function Screen() {
  const { question } = useStage().view;
  switch (question?.kind) {
    case undefined:
      return <SessionScreen />;
    case 'choice':
      return <ChoiceScreen question={question} />;
    case 'text':
      return <TextScreen question={question} />;
    case 'plan':
      return <PlanScreen question={question} />;
    case 'step':
      return <StepScreen question={question} />;
    case 'problem':
      return <ProblemScreen question={question} />;
  }
}
