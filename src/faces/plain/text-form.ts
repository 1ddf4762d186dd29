import type { TextQuestion } from '../../wizard/question.ts';
import type { Form } from './form.ts';

/** A text: Enter alone takes the value that is there; what is wrong with it is told, and it can be mended. */
export function textForm(question: TextQuestion): Form {
  const { noun, value } = question;
  const label = noun.charAt(0).toUpperCase() + noun.slice(1);
  return {
    lines: () => [],
    prompt: value === '' ? `${label}:` : `${label} (Enter takes ${value}):`,
    blank: value,
    mends: true,
    help: [['text', `the ${noun}`], ...(value === '' ? [] : [['Enter', value] as const])],
    async read(typed, signal) {
      const text = typed === '' ? value : typed;
      const wrong = question.check(text) ?? (await question.confirm?.(text, signal));
      return wrong === undefined ? { answer: { kind: 'typed', text } } : { wrong };
    },
  };
}
