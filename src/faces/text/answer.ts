import type { Answer, Question } from '../../wizard/question.ts';

/** An answer as somebody would have given it: the label of what is chosen, what is typed, or a word. */
export function answerText(answer: Answer, question: Question): string {
  switch (answer.kind) {
    case 'chosen': {
      const options = 'options' in question ? question.options : [];
      return options.find(({ id }) => id === answer.id)?.label ?? answer.id;
    }
    case 'typed':
      return answer.text;
    case 'step-by-step':
      return 'step by step';
    case 'write-plan':
      return 'write the plan to a file';
    case 'yes':
    case 'edit':
    case 'no':
    case 'back':
    case 'leave':
      return answer.kind;
  }
}
