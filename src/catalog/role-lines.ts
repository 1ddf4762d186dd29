/** Live names in order, by the service word that they begin with. */
export type NamesByPrefix = ReadonlyMap<string, readonly string[]>;

/** The lines of a text in a catalog file; a line that begins with a space goes on with the one before. */
export function linesOf(text: string): string[] {
  return text
    .replaceAll(/\n\s+/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Whether a name is meant by a pattern: the same name or, where the pattern ends in `*`, the same beginning. */
export function meant(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/**
 * The permissions that the lines of a role mean, such as `run.services: all but setIamPolicy`.
 * @throws Error when a line means nothing, which is how a typing error shows
 */
export function expanded(text: string, names: NamesByPrefix): string[] {
  return linesOf(text).flatMap((line) => {
    const [, key = '', what = ''] = /^(\S+):\s+(.+)$/.exec(line) ?? [];
    const actions = what.split(/\s+/);
    const start = key.endsWith('*') ? key.slice(0, -1) : `${key}.`;
    const candidates = (names.get(/^\w+/.exec(key)?.[0] ?? '') ?? []).filter((name) =>
      name.startsWith(start),
    );
    if (actions[0] !== 'all') {
      return actions.flatMap((action) => {
        const wanted = candidates.filter((name) =>
          key.endsWith('*') ? name.endsWith(`.${action}`) : name === `${key}.${action}`,
        );
        return wanted.length > 0 ? wanted : nothing(`${key}.${action}`, line);
      });
    }
    const left = actions.slice(2).map((name) => `${key}.${name}`);
    const idle = left.find((pattern) => !candidates.some((name) => meant(pattern, name)));
    if (candidates.length === 0 || idle !== undefined) return nothing(idle ?? key, line);
    return candidates.filter((name) => !left.some((pattern) => meant(pattern, name)));
  });
}

function nothing(pattern: string, line: string): never {
  throw new Error(`nothing is meant by ${pattern} in "${line}"`);
}
