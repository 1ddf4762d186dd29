import type { NodeState } from '../src/wizard/node.ts';
import type { Tone } from './line.ts';

/** Signs and their ASCII twins. All of one set are equally wide. */
export interface Marks {
  states: Readonly<Record<NodeState, string>>;
  arrow: string;
  ellipsis: string;
  enter: string;
  up: string;
  down: string;
  focus: string;
  noFocus: string;
  dot: string;
  /** Before what wants to be read, which is no state of a step. */
  attention: string;
  /** Before what is told to those who watch. */
  told: string;
  /** Where the next character goes. */
  cursor: string;
}

export const unicode: Marks = {
  states: {
    pending: '○',
    looking: '●',
    ready: '✓',
    differs: '~',
    blocked: '!',
    declined: '-',
    acting: '●',
    settling: '●',
    failed: '✗',
  },
  arrow: '→',
  ellipsis: '…',
  enter: '↵',
  up: '↑',
  down: '↓',
  focus: '●',
  noFocus: '○',
  dot: '·',
  attention: '!',
  told: '»',
  cursor: '▏',
};

export const ascii: Marks = {
  states: {
    pending: '.',
    looking: '>',
    ready: 'ok',
    differs: '~',
    blocked: '!',
    declined: '-',
    acting: '>',
    settling: '>',
    failed: 'x',
  },
  arrow: '->',
  ellipsis: '...',
  enter: 'enter',
  up: 'up',
  down: 'down',
  focus: '>',
  noFocus: '.',
  dot: '-',
  attention: '!',
  told: '>>',
  cursor: '_',
};

/** How tones look: few of the terminal's own sixteen colours, so that light and dark themes both carry them. */
export const looks: Readonly<Record<Tone, { color?: string; dimColor?: boolean }>> = {
  plain: {},
  dim: { dimColor: true },
  accent: { color: 'cyan' },
  good: { color: 'green' },
  attention: { color: 'yellow' },
  bad: { color: 'red' },
};

/** The tone of a step's mark. */
export const stateTones: Readonly<Record<NodeState, Tone>> = {
  pending: 'dim',
  looking: 'accent',
  ready: 'good',
  differs: 'attention',
  blocked: 'attention',
  declined: 'dim',
  acting: 'accent',
  settling: 'accent',
  failed: 'bad',
};
