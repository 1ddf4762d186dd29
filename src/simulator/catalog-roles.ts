import type { Level, RoleFile } from './catalog-files.ts';
import { linesOf } from './catalog-files.ts';
import { meant } from './catalog-permissions.ts';

/** A role that Google made. `lowest` and `highest` are the levels between which it can be granted. */
export interface PredefinedRole {
  name: string;
  title: string;
  description?: string;
  stage: string;
  permissions: ReadonlySet<string>;
  lowest: Level;
  highest: Level;
}

const DEPTH: Record<Level, number> = { organization: 0, folder: 1, project: 2, resource: 3 };

/** Whether a predefined role can be granted at a level: not below its lowest, not above its highest. */
export function grantableAt(role: PredefinedRole, level: Level): boolean {
  return DEPTH[level] <= DEPTH[role.lowest] && DEPTH[level] >= DEPTH[role.highest];
}

/** All permission names, by the service word that they begin with. */
export type NamesByPrefix = ReadonlyMap<string, readonly string[]>;

const broken = (error: string) => new Error(`catalog/roles: ${error}`);

/** The permissions that one line of a role means, such as `run.services: all but setIamPolicy`. */
function permissionsOfLine(line: string, names: NamesByPrefix): string[] {
  const [, key, what] = /^(\S+):\s+(.+)$/.exec(line) ?? [];
  if (key === undefined || what === undefined) throw broken(`"${line}" is not "resource: actions".`);
  const start = key.endsWith('*') ? key.slice(0, -1) : `${key}.`;
  const candidates = (names.get(key.split('.')[0] ?? '') ?? []).filter((name) => name.startsWith(start));
  const said = what.split(/\s+/);
  const except = said[0] === 'all' && said[1] === 'but';
  if (said[0] === 'all' && (said.length === 1 || except)) {
    const left = said.slice(2).map((name) => `${key}.${name}`);
    const idle = left.find((pattern) => !candidates.some((name) => meant(pattern, name)));
    if (candidates.length === 0 || idle !== undefined) {
      throw broken(`nothing is meant by ${idle ?? key} in "${line}".`);
    }
    return candidates.filter((name) => !left.some((pattern) => meant(pattern, name)));
  }
  return said.flatMap((action) => {
    const wanted = key.endsWith('*')
      ? candidates.filter((name) => name.endsWith(`.${action}`))
      : candidates.filter((name) => name === `${key}.${action}`);
    if (wanted.length === 0) throw broken(`${key}.${action} is not in catalog/permissions.`);
    return wanted;
  });
}

/** Expands what a role file says of permissions. */
export function expand(text: string, names: NamesByPrefix): string[] {
  return linesOf(text).flatMap((line) => permissionsOfLine(line, names));
}

/** A role whose file is parsed, and whose permissions are expanded, when somebody first asks. */
export class LazyRole implements PredefinedRole {
  readonly name: string;
  readonly #file: () => RoleFile;
  readonly #expand: (role: RoleFile[string]) => ReadonlySet<string>;
  #permissions: ReadonlySet<string> | undefined;

  constructor(
    name: string,
    file: () => RoleFile,
    expandRole: (role: RoleFile[string]) => ReadonlySet<string>,
  ) {
    this.name = name;
    this.#file = file;
    this.#expand = expandRole;
  }

  get #facts(): RoleFile[string] {
    const facts = this.#file()[this.name];
    if (!facts) throw broken(`${this.name} is not where its name was seen.`);
    return facts;
  }

  get title(): string {
    return this.#facts.title;
  }

  get description(): string {
    return this.#facts.description ?? '';
  }

  get stage(): string {
    return this.#facts.stage;
  }

  get lowest(): Level {
    return this.#facts.lowest;
  }

  get highest(): Level {
    return this.#facts.highest;
  }

  get permissions(): ReadonlySet<string> {
    return (this.#permissions ??= this.#expand(this.#facts));
  }
}
