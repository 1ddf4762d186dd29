import type { Conversation, Opening, Suggestion } from '../../faces/conversation.ts';
import type { Face } from '../../faces/face.ts';
import type { Question } from '../../wizard/question.ts';
import { openConversation } from '../wizard/open-conversation.ts';
import { record, type Recorder } from './recorder.ts';
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
  /** Where it is held. */
  stdout: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** What records it, where it is recorded. */
  recorder?: Recorder;
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
  /** It is recorded. */
  recorded?: boolean;
}

/** How long a screen stands that is recorded for nobody but a file, in ms: until it is drawn, with what joins it late. */
const UNREAD_MS = 1500;

/** Opens a demo for whoever is there: a person at a terminal, or readers of lines, for whom it plays itself. */
export async function openDemo(story: Story, how: How): Promise<OpenedDemo> {
  const { auto, speed = 1, plain, json, recorded } = how;
  const { stdin, stdout, env } = process;
  const nobody = json === true || !stdin.isTTY || !stdout.isTTY;
  if (nobody && recorded) return played(story, how);
  if (nobody) return told(story, json === true);
  const recorder = recorded ? record(stdout) : undefined;
  let playing = auto === true;
  const play = autopilot(story, speed);
  const opened = await openConversation({ plain }, () => (playing = false));
  const suggest = (question: Question) => (playing ? play(question) : undefined);
  return { ...opened, stdout, env, suggest, ...(recorder && { recorder }) };
}

/** Plays for a recorder, where nobody watches: what is read stands only until it is drawn, and is given its time afterwards. */
async function played(story: Story, { speed = 1, plain }: How): Promise<OpenedDemo> {
  const { emptyStage } = await import('./stage.ts');
  const stage = emptyStage(process.env);
  const recorder = record(stage.stdout);
  const play = autopilot(story, speed);
  const opened = await openConversation({ plain }, undefined, stage);
  return {
    ...opened,
    stdout: stage.stdout,
    env: stage.env,
    recorder,
    suggest(question) {
      const suggestion = play(question);
      if (suggestion === undefined) return undefined;
      recorder.reading(suggestion.afterMs, UNREAD_MS);
      return { ...suggestion, afterMs: UNREAD_MS };
    },
  };
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
    stdout: process.stdout,
    env: process.env,
    suggest: autopilot(story, 1),
    left: new AbortController().signal,
    drawn: false,
    shown: Promise.resolve(),
  };
}
