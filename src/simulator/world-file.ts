import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, Node } from 'yaml';
import { LineCounter, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import { catalogFolder } from './catalog-folder.ts';
import { SimulatorError } from './simulator-error.ts';
import { checkReferences } from './world-references.ts';
import { WorldFile } from './world-schema.ts';

export type Path = readonly PropertyKey[];

/** What is wrong at one place of a world: where, and what would have been right. */
export interface Problem {
  readonly path: Path;
  readonly expected: string;
  /** The key is what is wrong, not its value. */
  readonly key?: boolean;
}

const REMEDY =
  'Mend the world file; src/simulator/README.md describes it, catalog/worlds/default.yaml is one.';

/** The file of a world that ships with the package. */
function shippedWorldFile(name: string): string {
  return join(catalogFolder(), 'worlds', `${name}.yaml`);
}

/** The world that is taken when none is named. */
export function defaultWorldFile(): string {
  return shippedWorldFile('default');
}

/** The names of the worlds that ship with the package, in order. */
async function shippedWorlds(): Promise<string[]> {
  const files = await readdir(join(catalogFolder(), 'worlds'));
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * Reads and checks a world file. Where there is none of that name, the name may be that of a world which ships with the
 * package, e.g. `repair`. Throws SimulatorError when it cannot be read or is wrong, naming the line.
 */
export async function readWorldFile(file: string): Promise<WorldFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const shipped = await shippedWorlds();
    if (code === 'ENOENT' && shipped.includes(file)) return readWorldFile(shippedWorldFile(file));
    throw new SimulatorError(`The world file cannot be read: ${code}.`, {
      place: file,
      value: code,
      remedy: `Name a readable YAML file, or a world that ships with the package: ${shipped.join(', ')}.`,
      cause,
    });
  }
  return parseWorld(text, file);
}

/**
 * Reads a world from YAML text; `file` is what errors name. Throws SimulatorError with `FILE:LINE`, what was found and
 * what was expected: for the YAML, for the schema, and for names that lead nowhere.
 */
export function parseWorld(text: string, file: string): WorldFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const notYaml = (why: string, offset: number): SimulatorError =>
    new SimulatorError(`The world file is not YAML: ${shown(why)}`, {
      place: `${file}:${lines.linePos(offset).line}`,
      remedy: REMEDY,
    });
  const [mistake] = document.errors;
  if (mistake) throw notYaml(mistake.message.split('\n')[0] ?? mistake.code, mistake.pos[0]);
  const refuse = (problem: Problem): SimulatorError => {
    const { node, value } = locate(document, problem);
    const line = lines.linePos(node?.range?.[0] ?? 0).line;
    const where = shown(problem.path.map(String).join('.')) || 'the file';
    return new SimulatorError(`The world file is wrong at ${where}: found ${value}, ${problem.expected}.`, {
      place: `${file}:${line}`,
      value,
      remedy: REMEDY,
    });
  };
  const result = WorldFile.safeParse(valueOf(document, notYaml));
  if (!result.success) {
    const [issue] = result.error.issues;
    if (issue?.code === 'unrecognized_keys')
      throw refuse({
        path: [...issue.path, issue.keys[0] ?? ''],
        expected: 'expected no such field',
        key: true,
      });
    const message = (issue?.message ?? '').replace(/^Invalid input: /, '').replace(/, received .*$/, '');
    throw refuse({
      path: issue?.path ?? [],
      expected: message.startsWith('expected') ? message : `expected otherwise: ${message}`,
    });
  }
  const [problem] = checkReferences(result.data);
  if (problem) throw refuse(problem);
  return result.data;
}

/** What a document says. @throws what `refuse` makes of an alias that stands for nothing, or of too many of them */
function valueOf(document: Document, refuse: (why: string, offset: number) => Error): unknown {
  let at = 0;
  visit(document, {
    Alias(_, alias) {
      at = alias.range?.[0] ?? 0;
      return alias.resolve(document) === undefined ? visit.BREAK : undefined;
    },
  });
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw refuse(error.message, at);
  }
}

/** The node of a path, or of the nearest one above it that is there, and what stands at the path. */
function locate(document: Document, { path, key }: Problem): { node: Node | undefined; value: string } {
  for (let depth = path.length; depth >= 0; depth--) {
    const above = document.getIn(path.slice(0, depth), true);
    if (!isNode(above)) continue;
    if (depth < path.length) return { node: above, value: 'nothing' };
    const parent = document.getIn(path.slice(0, -1), true);
    const pair =
      isMap(parent) && parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1));
    const node = pair && isNode(pair.key) ? pair.key : above;
    return { node, value: key ? `the field ${shown(String(path.at(-1)))}` : describe(above) };
  }
  return { node: undefined, value: 'nothing' };
}

function describe(node: Node): string {
  if (isScalar(node)) return node.value === undefined ? 'nothing' : shown(JSON.stringify(node.value));
  return isMap(node) ? 'a map' : 'a list';
}

/** A text of the file as an error may quote it: in one line, within reason, and nothing that a terminal obeys. */
function shown(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}
