import { stateWords } from './rail.ts';
import type { Marks } from './theme.ts';

/** Words instead of signs, for those who hear the screen. */
export const spokenMarks: Marks = {
  states: stateWords,
  arrow: 'to',
  ellipsis: '...',
  enter: 'Enter',
  up: 'Up',
  down: 'Down',
  focus: 'here',
  noFocus: '',
  dot: ',',
  attention: 'Attention:',
  told: '',
  cursor: '',
};
