import type { Conversation, Opening, Suggestion } from '../../faces/conversation.ts';
import type { Face } from '../../faces/face.ts';
import type { Question } from '../../wizard/question.ts';
import { openConversation } from '../wizard/open-conversation.ts';
import { autopilot, type Story } from './stories.ts';

/** How a demo is shown. */
export interface OpenedDemo {
  conversation: Conversation;
  /** Ended when the person interrupts while no question is open. */
  left: AbortSignal;
  /** What it answers by itself, for as long as nobody takes over. */
  suggest?: (question: Question) => Suggestion | undefined;
  /** Where the session is told in lines, too. */
  face?: Face;
  /** A screen is drawn. */
  drawn: boolean;
  /** Resolves when there is something to see. */
  shown: Promise<void>;
}

interface How {
  auto?: boolean;
  speed?: number;
  plain?: boolean;
  json?: boolean;
}

/** Opens a demo for whoever is there: a person at a terminal, or readers of lines, for whom it plays itself. */
export async function openDemo(story: Story, { auto, speed = 1, plain, json }: How): Promise<OpenedDemo> {
  const { stdin, stdout } = process;
  if (json === true || !stdin.isTTY || !stdout.isTTY) return told(story, json === true);
  let playing = auto === true;
  const play = autopilot(story, speed);
  const opened = await openConversation({ plain }, () => (playing = false));
  return { ...opened, suggest: (question) => (playing ? play(question) : undefined) };
}

async function told(story: Story, json: boolean): Promise<OpenedDemo> {
  const [{ openTold }, { faceFor, lineWidth }] = await Promise.all([
    import('../../faces/told.ts'),
    import('../face-for.ts'),
  ]);
  const face = faceFor({ json }, process.stdout);
  const nobody: Opening = { interrupted: () => undefined, tookOver: () => undefined };
  const conversation = openTold(
    face,
    nobody,
    json ? {} : { out: process.stdout, env: process.env, width: lineWidth() },
  );
  return {
    conversation,
    face,
    suggest: autopilot(story, 1),
    left: new AbortController().signal,
    drawn: false,
    shown: Promise.resolve(),
  };
}
