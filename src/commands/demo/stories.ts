import type { Suggestion } from '../../faces/conversation.ts';
import type { Answer, Question } from '../../wizard/question.ts';
import type { ExitName } from '../../wizard/exit-codes.ts';
import type { RunFlags } from '../run-flags.ts';
import type { StoryName } from './story-names.ts';

/** What a story answers to one question, what it says to those who watch, and what while the answer is carried out. */
interface Scene {
  answer: Answer;
  says: string;
  after?: string;
}

/** A demo that can be played: what the cloud begins with, and how it goes where it plays itself. */
export interface Story {
  /** The world of the embedded cloud, by name. */
  world: string;
  /** What the demo is about, in one sentence. */
  about: string;
  /** Who can sign in, first the one who is offered first. */
  people: readonly { email: string; who: string }[];
  flags: Pick<RunFlags, 'profile' | 'project'>;
  /** How the wizard ends where all goes as written. */
  ends: ExitName;
  /** What it answers to the questions, by their ID; each next time the next one. */
  script: Readonly<Record<string, readonly Scene[]>>;
}

const ada = { email: 'ada@acme.com', who: 'owner of acme-video' };
const vera = { email: 'vera@acme.com', who: 'viewer of acme-video' };
const chosen = (id: string): Answer => ({ kind: 'chosen', id });
const yes: Answer = { kind: 'yes' };

export const stories: Readonly<Record<StoryName, Story>> = {
  first: {
    world: 'default',
    about: 'From nothing to an account that is ready: services, role, account, grant, key, and the proof.',
    people: [ada, vera],
    flags: {},
    ends: 'done',
    script: {
      'sign-in': [
        {
          answer: chosen(ada.email),
          says: 'It begins with who you are. Nothing is chosen for you, and nothing is kept.',
        },
      ],
      profile: [
        {
          answer: chosen('remotion-cloudrun'),
          says: 'A profile says what a tool needs: which permissions, and why each of them.',
        },
      ],
      project: [
        {
          answer: chosen('acme-video'),
          says: 'One project. The wizard now looks at it; looking changes nothing.',
        },
      ],
      plan: [
        {
          answer: yes,
          says: 'Everything that would change, before anything does. One yes, and it begins.',
          after:
            'Google needs a while until all of it knows what was written. The wizard waits for that, and says so.',
        },
      ],
    },
  },
  repair: {
    world: 'repair',
    about:
      'It worked once. Then a role lost permissions, the account was disabled, and its binding went missing.',
    people: [ada, vera],
    flags: { profile: 'remotion-cloudrun', project: 'acme-video' },
    ends: 'done',
    script: {
      'sign-in': [
        {
          answer: chosen(ada.email),
          says: 'The same wizard, run again, finds what has drifted. First, who is looking?',
        },
      ],
      plan: [
        {
          answer: yes,
          says: 'Only what differs is in the plan. What is as it should be stays untouched.',
          after: 'What was lost is given back; everything of others stays as it was.',
        },
      ],
    },
  },
  blocked: {
    world: 'blocked',
    about:
      'Three walls: a viewer who may not, a role that somebody deleted, and an organisation that forbids keys.',
    people: [vera, ada],
    flags: { profile: 'remotion-cloudrun', project: 'acme-video' },
    ends: 'done',
    script: {
      'sign-in': [
        { answer: chosen(vera.email), says: 'Vera may look at this project, and no more.' },
        { answer: chosen(ada.email), says: 'Ada owns the project. She can go on where Vera could not.' },
      ],
      'problem:*': [
        {
          answer: chosen('sign-in'),
          says: 'Found out before anything was written: whose move it is, and every permission that is missing.',
        },
        {
          answer: chosen('impersonation'),
          says: 'The organisation forbids keys, seen before anything is written. Ada stays herself, and acts as the account.',
        },
        { answer: chosen('leave'), says: 'What was made is kept, and the wizard says what is missing.' },
      ],
      plan: [
        {
          answer: yes,
          says: 'A deleted role keeps its ID for 37 days, so it is restored, not made anew.',
          after:
            'No key is made anywhere: the account shows by itself what it may do, with a token that lasts an hour.',
        },
      ],
    },
  },
};

/**
 * An autopilot for a story: what it would answer to each question, with time to read at about 200 words a minute.
 * @param speed how much faster
 */
export function autopilot(story: Story, speed: number): (question: Question) => Suggestion | undefined {
  const played = new Map<string, number>();
  return (question) => {
    const key = question.id in story.script ? question.id : question.id.replace(/:.*$/, ':*');
    const scenes = story.script[key];
    if (scenes === undefined) return undefined;
    const times = played.get(key) ?? 0;
    played.set(key, times + 1);
    const scene = scenes[Math.min(times, scenes.length - 1)];
    if (scene === undefined) return undefined;
    const { answer, says, after } = scene;
    const words = `${question.title} ${question.why} ${says}`.split(/\s+/).length;
    const ms = Math.min(9000, Math.max(3000, words * 300));
    return { answer, narration: says, after, afterMs: ms / speed };
  };
}
