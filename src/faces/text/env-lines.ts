import type { Outcome, Scene } from '../face.ts';

type Line = (label: string, text: string) => string[];

/** What a receipt says of the env file, where one was chosen: which variables it has, and what their readers must do. */
export function envLines({ session }: Outcome, line: Line): string[] {
  const node = session.nodes['env'];
  if (node?.state !== 'ready') return [];
  return node.facts.flatMap(({ text }, at) => line(at === 0 ? 'env' : '', text));
}

/** What to do next: how an env file is chosen, where the profile names variables for one, and what the profile tells. */
export function nextLines({ offersEnvFile, again, next }: Scene, line: Line): string[] {
  const texts = [
    ...(offersEnvFile ? [`${again('setup')} --env=.env puts it where your program reads it`] : []),
    ...next.slice(0, 1),
  ];
  return texts.flatMap((text, at) => line(at === 0 ? 'next' : '', text));
}
