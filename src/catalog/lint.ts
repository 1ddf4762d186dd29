import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { acknowledge } from './acknowledge.ts';
import { CatalogError } from './catalog-error.ts';
import { contradictionsIn } from './contradictions.ts';
import type { Finding, Kind, KnownFinding } from './finding.ts';

import { kinds } from './finding.ts';
import type { Catalog, ProfileUse } from './model.ts';
import { catalogOf } from './read-catalog.ts';
import type { CatalogFiles } from './read-files.ts';
import { readFiles } from './read-files.ts';
import { linesOf, meant } from './role-lines.ts';

/** What lint found in a catalog folder. */
export interface Linted {
  /** What is to be mended, or acknowledged. */
  readonly open: readonly Finding[];
  /** What is known, with why it stays. */
  readonly known: readonly KnownFinding[];
  /** How many files were read. */
  readonly files: number;
}

/** Checks a catalog folder. @param uses what its profiles ask for, as far as they can be read */
export async function lint(folder: string, uses: readonly ProfileUse[]): Promise<Linted> {
  const wrong: Finding[] = [];
  const refuse = ({ message }: CatalogError) =>
    void wrong.push({ kind: 'form', of: message, names: [], says: `${message}.`, where: [], sources: [] });
  const files = await readFiles(folder, refuse);
  const shape = [...(await aboutNotLast(folder, files)), ...idlePatterns(files)];
  const catalog = wrong.length === 0 ? whole(files, uses, refuse) : undefined;
  const count = files.permissions.length + files.roles.length + files.methods.length + 3;
  // What a file that cannot be read would have said is missing everywhere else: that is told once it can be read.
  if (!catalog) return { open: [...wrong, ...shape], known: [], files: count };
  const found = [...shape, ...namesIn(catalog), ...descriptionsIn(catalog), ...contradictionsIn(catalog)];
  return { ...acknowledge(found, files.acknowledged), files: count };
}

function whole(
  files: CatalogFiles,
  uses: readonly ProfileUse[],
  refuse: (error: CatalogError) => void,
): Catalog | undefined {
  try {
    return catalogOf(files, uses);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    refuse(error);
    return undefined;
  }
}

/** The embedded cloud reads a permission file up to `about:` only; what stands below it would be lost there. */
async function aboutNotLast(folder: string, { permissions }: CatalogFiles): Promise<Finding[]> {
  const texts = permissions.map(async ({ file }) => ({
    file,
    text: await readFile(path.join(folder, file), 'utf8'),
  }));
  return (await Promise.all(texts))
    .filter(({ text }) => /^about:[^]*^[a-z]/im.test(text))
    .map(({ file }) => ({
      kind: 'form',
      of: file,
      names: [],
      says: `catalog/${file}: about is not the last field.`,
      where: [file],
      sources: [],
    }));
}

function idlePatterns({ permissions }: CatalogFiles): Finding[] {
  return permissions.flatMap(({ file, content: { resources, alsoOnResource, exceptions } }) => {
    const names = linesOf(resources).flatMap((line) => {
      const [resource = '', actions = ''] = line.split(/:\s+/);
      return actions.split(/\s+/).map((action) => `${resource}.${action}`);
    });
    return [...alsoOnResource, ...exceptions.flatMap((each) => each.permissions)]
      .filter((pattern) => !names.some((name) => meant(pattern, name)))
      .map((pattern): Finding => ({
        kind: 'idle-pattern',
        of: `${file}: ${pattern}`,
        names: [],
        says: `catalog/${file}: nothing is meant by ${pattern}.`,
        where: [file],
        sources: [],
      }));
  });
}

/** Names that lead nowhere. */
function namesIn({ permissions, roles, methods, notes, uses, sources }: Catalog): Finding[] {
  const known = new Set([...permissions, ...roles].map(({ name }) => name));
  const named = new Set<string>(['live-roles']); // what is live is compared with everything
  const find = (kind: Kind, of: string, says: string, where: string): Finding => ({
    kind,
    of,
    names: [of],
    says,
    where: [where],
    sources: [],
  });
  const check = (names: readonly string[], where: string): Finding[] =>
    names
      .filter(
        (name) => !(name.endsWith('*') ? [...known].some((each) => meant(name, each)) : known.has(name)),
      )
      .map((name) =>
        name.startsWith('roles/')
          ? find('unknown-role', name, `${name} is not in catalog/roles.`, where)
          : find('unknown-permission', name, `${name} is not in catalog/permissions.`, where),
      );
  const cited = (labels: readonly string[], where: string): Finding[] =>
    labels.flatMap((label) => {
      named.add(label);
      if (Object.hasOwn(sources, label)) return [];
      return [find('unknown-source', label, `${label} is not in catalog/sources.yaml.`, where)];
    });
  const found = [
    ...methods.flatMap(({ permission, roles: callers, source, method, row }) => [
      ...check([permission, ...callers], `${method} (row ${row})`),
      ...cited([source], `${method} (row ${row})`),
    ]),
    ...roles.flatMap(({ name, documented, sources: of = [] }) => [
      ...check(
        documented ? [...documented.includes, ...documented.permissions.map((each) => each.name)] : [],
        name,
      ),
      ...cited([...of, ...(documented ? [documented.source] : [])], name),
    ]),
    ...permissions.flatMap(({ name, sources: of = [] }) => cited(of, name)),
    ...notes.flatMap(({ id, about, sources: of, disagrees }) => [
      ...check(about, `notes.yaml: ${id}`),
      ...cited(of, `notes.yaml: ${id}`),
      ...(disagrees === undefined || notes.some((other) => other.id === disagrees)
        ? []
        : [find('form', id, `notes.yaml: ${id} disagrees with ${disagrees}, which is not there.`, id)]),
    ]),
    ...uses.flatMap(({ name, profile }) => check([name], `profile ${profile}`)),
  ];
  const idle = Object.keys(sources).filter((label) => !named.has(label));
  return [
    ...found,
    ...idle.map((label) =>
      find('unused-source', label, `Nothing names the source ${label}.`, 'sources.yaml'),
    ),
  ];
}

/** Whatever a profile, a method or a document names, or a page lists, has a description and a risk; all use has a reason. */
function descriptionsIn({ permissions, roles, methods, uses, sources }: Catalog): Finding[] {
  const lists = Object.values(sources).flatMap((source) => source.lists ?? []);
  const needed = new Set([
    ...uses.map(({ name }) => name),
    ...methods.map(({ permission }) => permission),
    ...roles.flatMap(({ documented }) => documented?.permissions.map(({ name }) => name) ?? []),
  ]);
  const bare = permissions.filter(
    ({ name, does, risk }) =>
      (needed.has(name) || lists.includes(name.slice(0, name.indexOf('.')))) &&
      (does === undefined || risk === undefined),
  );
  const unsaid = roles.filter(
    ({ name, does }) => does === undefined && uses.some((use) => use.name === name),
  );
  return [
    ...[...unsaid, ...bare].map(({ name }): Finding => ({
      kind: 'no-description',
      of: name,
      names: [name],
      says: `${name} has no description and risk under about.`,
      where: uses.filter((use) => use.name === name).map(({ profile }) => `profile ${profile}`),
      sources: [],
    })),
    ...uses
      .filter(({ why }) => why.trim() === '')
      .map(({ name, profile }): Finding => ({
        kind: 'no-reason',
        of: `${profile}: ${name}`,
        names: [name],
        says: `The profile ${profile} asks for ${name} and says nothing of why.`,
        where: [`profile ${profile}`],
        sources: [],
      })),
  ];
}

/** How many findings there are of each kind, in the order of `kinds`; those with none are left out. */
export function countByKind(findings: readonly Finding[]): { kind: Kind; title: string; count: number }[] {
  const counts = Map.groupBy(findings, ({ kind }) => kind);
  return Object.entries(kinds).flatMap(([key, title]) => {
    const found = [...counts].find(([kind]) => kind === key);
    return found ? [{ kind: found[0], title, count: found[1].length }] : [];
  });
}
