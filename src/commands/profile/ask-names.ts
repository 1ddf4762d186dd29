import type { Option } from '../../wizard/question.ts';
import type { Talk } from '../wizard/talk.ts';
import { askForText, sentence } from './ask-text.ts';
import type { Reasoned } from './draft.ts';

/** A list to choose from by typing a part of a name, and what of it is chosen. */
export interface Names {
  id: string;
  noun: string;
  title: string;
  why: string;
  flag: string;
  canGoBack: boolean;
  /** So many must be chosen. */
  least: number;
  options: readonly { name: string; does: string }[];
  chosen: readonly Reasoned[];
  /** What stands in the question for a reason. */
  reason: (name: string) => string;
}

const done = 'done';

/** Lets a person choose names one by one, each with a reason. Gives them in order; undefined where they went back. */
export async function askForNames(talk: Talk, names: Names): Promise<Reasoned[] | undefined> {
  const { id, noun, title, why, flag, canGoBack, least, options, reason } = names;
  const chosen = new Map(names.chosen.map((one) => [one.name, one.why]));
  for (;;) {
    const count = `${chosen.size} ${noun}${chosen.size === 1 ? '' : 's'}`;
    const answer = await talk.ask({
      ...{ kind: 'choice', id, at: 'profile', title, why, flag, canGoBack, noun },
      ...{ filter: true, loading: false, ...(chosen.size >= Math.max(1, least) && { initial: done }) },
      options: [
        {
          id: done,
          label: `go on with ${count}`,
          pinned: true,
          ...(chosen.size < least && { unavailable: `choose at least ${least}` }),
        },
        ...[...chosen].map(([name, because]) => optionOf(name, because, true)),
        ...options
          .filter(({ name }) => !chosen.has(name))
          .map(({ name, does }) => optionOf(name, does, false)),
      ],
    });
    if (answer.kind === 'back') return undefined;
    if (answer.kind !== 'chosen') continue;
    if (answer.id === done) return [...chosen].map(([name, because]) => ({ name, why: because }));
    const name = answer.id;
    if (chosen.delete(name)) continue;
    const because = await askForText(talk, {
      ...{ id: `${id}-reason`, title: `What does the account need ${name} for?`, flag, noun: 'reason' },
      ...{ why: 'One sentence.', value: reason(name), canGoBack: true, check: sentence },
    });
    if (because !== undefined) chosen.set(name, because);
  }
}

function optionOf(name: string, says: string, isChosen: boolean): Option {
  return {
    id: name,
    label: name,
    columns: [isChosen ? 'chosen' : ''],
    ...(says !== '' && { detail: isChosen ? `${says} Choose it to leave it out.` : says }),
  };
}
