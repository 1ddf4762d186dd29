/** A block as it stands in a file of HCL: `resource "type" "label" { … }`, its attributes as they are written. */
export interface ReadBlock {
  type: string;
  labels: string[];
  attributes: Record<string, string>;
  blocks: ReadBlock[];
}

/**
 * Reads the part of HCL's native syntax that is written here, by the specification and with nothing of the writer's: blocks,
 * attributes, quoted templates, lists, objects, comments. @throws Error where it is none
 */
export function readHcl(text: string): ReadBlock[] {
  let at = 0;
  const fail = (expected: string): never => {
    throw new Error(`expected ${expected} at ${JSON.stringify(text.slice(at, at + 40))}`);
  };
  const skip = (): void => {
    at += /^(?:\s|#[^\n]*(?:\n|$))*/u.exec(text.slice(at))?.[0].length ?? 0;
  };
  const take = (pattern: RegExp, expected: string): string => {
    skip();
    const found = new RegExp(`^(?:${pattern.source})`, 'u').exec(text.slice(at))?.[0] ?? fail(expected);
    at += found.length;
    return found;
  };
  /** A quoted template ends at the first quote that is neither escaped nor in an interpolation. */
  const string = /"(?:\\[^\n]|\$\$\{|%%\{|[$%](?!\{)|\$\{[\w.]+\}|[^"\\\n$%])*"/u;
  const value = (): string => {
    skip();
    const mark = text.charAt(at);
    if (mark === '"') return take(string, 'a string');
    if (mark !== '[' && mark !== '{') return take(/[\w.]+/u, 'an expression');
    const begin = at;
    at++;
    for (;;) {
      skip();
      if (text.charAt(at) === (mark === '[' ? ']' : '}')) break;
      if (mark === '{') {
        take(/[\w.]+|"[\w.]+"/u, 'a key');
        take(/=/u, 'an equals sign');
      }
      value();
      skip();
      if (text.charAt(at) === ',') at++;
    }
    at++;
    return text.slice(begin, at);
  };
  const body = (isInside: boolean): Pick<ReadBlock, 'attributes' | 'blocks'> => {
    const attributes: Record<string, string> = {};
    const blocks: ReadBlock[] = [];
    for (;;) {
      skip();
      if (at === text.length || text.charAt(at) === '}') {
        if (isInside) take(/\}/u, 'the end of a block');
        else if (at < text.length) fail('a block');
        return { attributes, blocks };
      }
      const name = take(/\w+/u, 'a name');
      skip();
      if (text.charAt(at) === '=') {
        at++;
        if (name in attributes) fail(`no second ${name}`);
        attributes[name] = value();
        continue;
      }
      const labels: string[] = [];
      skip();
      while (text.charAt(at) === '"') {
        labels.push(take(string, 'a label').slice(1, -1));
        skip();
      }
      take(/\{/u, 'the beginning of a block');
      blocks.push({ type: name, labels, ...body(true) });
    }
  };
  return body(false).blocks;
}
