import type { Preflight } from '../../wizard/preflight.ts';
import type { ChoiceQuestion } from '../../wizard/question.ts';
import type { Talk } from './talk.ts';

/**
 * Shows the message to send to somebody who may do what the person may not.
 * @throws LeftError where the person leaves
 */
export async function showMessage(talk: Talk, preflight: Preflight, at: string): Promise<void> {
  await talk.ask(messageQuestion(preflight, at));
}

/** The message as a screen with one way on: back. */
export function messageQuestion({ message }: Preflight, at: string): ChoiceQuestion {
  return {
    kind: 'choice',
    id: 'message',
    at,
    title: 'A message to send',
    why: 'It stands on the terminal, too, once you leave.',
    flag: '--yes',
    canGoBack: true,
    noun: 'way',
    filter: false,
    loading: false,
    copy: message.join('\n'),
    notes: ['', ...message, ''].map((text) => ({ tone: 'note' as const, text })),
    options: [{ id: 'back', label: 'back', columns: ['to the ways there are'] }],
  };
}
