import type { ChoiceQuestion } from '../../src/wizard/question.ts';
import type { Binding } from '../binding.ts';
import { useVerbs } from '../use-verbs.ts';
import { newList, reduceList } from './list-state.ts';

const pageRows = 10;

/** A list's state, its keys, and what typing does to it. It follows the question's options and keeps its place. */
export function useList({
  options,
  initial,
  filter,
}: Pick<ChoiceQuestion, 'options' | 'initial' | 'filter'>) {
  const list = useVerbs(reduceList, () => newList(options, initial));
  const { send } = list;
  if (list.state.options !== options) send({ type: 'options', options });
  const verb = (type: 'focus-next' | 'focus-previous' | 'focus-first' | 'focus-last') => () => send({ type });
  const letters = filter ? { up: [], down: [] } : { up: ['k'], down: ['j'] };
  const bindings: Binding[] = [
    { keys: ['up', ...letters.up], label: 'the one before', act: verb('focus-previous'), hidden: true },
    { keys: ['down', ...letters.down], label: 'the next one', act: verb('focus-next'), hidden: true },
    { keys: ['pageup'], label: 'ten up', act: () => send({ type: 'page', by: -pageRows }), hidden: true },
    { keys: ['pagedown'], label: 'ten down', act: () => send({ type: 'page', by: pageRows }), hidden: true },
    { keys: ['home'], label: 'the first', act: verb('focus-first'), hidden: true },
    { keys: ['end'], label: 'the last', act: verb('focus-last'), hidden: true },
  ];
  const erasing: Binding[] = [
    {
      keys: ['backspace', 'delete'],
      label: 'erase a letter',
      act: () => send({ type: 'erase' }),
      hidden: true,
    },
    { keys: ['ctrl-w'], label: 'erase a word', act: () => send({ type: 'erase-word' }), hidden: true },
    { keys: ['ctrl-u'], label: 'erase the filter', act: () => send({ type: 'clear' }), hidden: true },
  ];
  return { ...list, bindings: filter ? [...bindings, ...erasing] : bindings };
}
