/**
 * Whether to colour what is written to a terminal. The person's word counts most: NO_COLOR (no-color.org), then FORCE_COLOR
 * (Node's CLI docs: "0" and "false" are no, any other value is yes); else what the terminal says about itself.
 */
export function showsColour(
  stdout: Partial<Pick<NodeJS.WriteStream, 'hasColors'>>,
  env: NodeJS.ProcessEnv,
): boolean {
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stdout.hasColors?.(16, env) ?? false;
}

/**
 * Loads code that colours through chalk, which decides once, from FORCE_COLOR, when it is loaded, and does not know
 * NO_COLOR. The environment is left as it was, because programs that are started later inherit it.
 */
export async function loadColoured<T>(colour: boolean, load: () => Promise<T>): Promise<T> {
  const before = process.env['FORCE_COLOR'];
  // Sixteen colours are all that the theme uses.
  process.env['FORCE_COLOR'] = colour ? '1' : '0';
  try {
    return await load();
  } finally {
    if (before === undefined) delete process.env['FORCE_COLOR'];
    else process.env['FORCE_COLOR'] = before;
  }
}
