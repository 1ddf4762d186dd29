import { homedir } from 'node:os';
import { keyWords } from '../../print/listed-key.ts';
import type { ListedKey } from '../../wizard/problem.ts';
import type { Option } from '../../wizard/question.ts';
import { readablePath } from './sign-in/paths.ts';
import type { Talk } from './talk.ts';

/** Lets a person choose the key that is to be deleted. Gives its ID; undefined where they went back. */
export async function chooseKey(
  talk: Talk,
  { at, keys }: { at: string; keys: readonly ListedKey[] },
): Promise<string | undefined> {
  const chosen = await talk.ask({
    kind: 'choice',
    id: 'delete-key',
    at,
    title: 'Which key is to be deleted?',
    why: 'Whoever uses it is locked out. The plan comes first.',
    flag: '--delete-key',
    canGoBack: true,
    noun: 'key',
    filter: false,
    loading: false,
    options: keys.map(optionOf),
  });
  return chosen.kind === 'chosen' ? chosen.id : undefined;
}

function optionOf(key: ListedKey): Option {
  const { id, file, inUse, disabled, expired } = key;
  const place = file === undefined ? undefined : readablePath(file, { home: homedir(), cwd: process.cwd() });
  const words = keyWords({ ...key, ...(place !== undefined && { file: place }) });
  return {
    id,
    // Of 40 digits the first eight tell ten keys apart; the whole ID is below.
    label: id.slice(0, 8),
    // Nobody signs in with a key that is disabled or has expired: that tells more than when somebody last did.
    columns: [words.age, disabled ? 'disabled' : expired ? 'expired' : words.use, words.place],
    detail: `${id}: ${words.kind}, ${words.use}, ${place === undefined ? 'in no file that was found here' : `in ${place}`}.`,
    ...(inUse && { unavailable: `it is the one in ${words.place}` }),
  };
}
