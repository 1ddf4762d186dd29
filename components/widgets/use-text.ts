import { useMemo } from 'react';
import type { TextQuestion } from '../../src/wizard/question.ts';
import type { Binding } from '../binding.ts';
import { useVerbs } from '../use-verbs.ts';
import { newText, reduceText, type TextVerb } from './text-state.ts';
import { useConfirm } from './use-confirm.ts';
import type { Verdict } from './verdict.ts';

type Move = Exclude<TextVerb['type'], 'insert'>;

const keys: readonly { keys: readonly string[]; label: string; type: Move }[] = [
  { keys: ['left', 'ctrl-b'], label: 'a letter to the left', type: 'left' },
  { keys: ['right', 'ctrl-f'], label: 'a letter to the right', type: 'right' },
  { keys: ['home', 'ctrl-a'], label: 'to the beginning', type: 'home' },
  { keys: ['end', 'ctrl-e'], label: 'to the end', type: 'end' },
  { keys: ['backspace', 'ctrl-h'], label: 'erase the letter before', type: 'backspace' },
  { keys: ['delete', 'ctrl-d'], label: 'erase the letter after', type: 'delete' },
  { keys: ['ctrl-u'], label: 'erase all before', type: 'erase-before' },
  { keys: ['ctrl-w'], label: 'erase a word', type: 'erase-word' },
];

/** A field: what is typed, its keys, and what is said about it. `done` is told the text once nothing is against it. */
export function useText(question: TextQuestion, done: (text: string) => void) {
  const field = useVerbs(reduceText, () => newText(question.value));
  const { text } = field.state;
  const wrong = useMemo(() => question.check(text), [question, text]);
  const { known, whenKnown } = useConfirm(text, wrong !== undefined, question);
  const bindings = keys.map(({ type, ...key }): Binding => ({
    ...key,
    act: () => field.send({ type }),
    hidden: true,
  }));
  const submit = (): void => {
    const now = field.now().text;
    if (question.check(now) === undefined) whenKnown(now, done);
  };
  const verdict: Verdict =
    wrong === undefined ? (known ?? { state: 'none' }) : { state: 'wrong', why: wrong };
  return { ...field, bindings, submit, verdict };
}
