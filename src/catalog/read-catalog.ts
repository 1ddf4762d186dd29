import type * as z from 'zod';
import { acknowledge } from './acknowledge.ts';
import { CatalogError } from './catalog-error.ts';
import { contradictionsIn } from './contradictions.ts';
import type { permissionsForm, rolesForm } from './forms.ts';
import type { Catalog, Level, MethodRow, Note, Permission, ProfileUse, Role, Service } from './model.ts';
import { indexIn, rangesOf } from './ranges.ts';
import type { CatalogFiles } from './read-files.ts';
import { readFiles } from './read-files.ts';
import { expanded, linesOf, meant, type NamesByPrefix } from './role-lines.ts';

/**
 * Reads a catalog folder from its YAML, which takes some 200 ms. @param uses what its profiles ask for
 * @throws CatalogError for the first file that is not as it should be
 */
export async function readCatalog(folder: string, uses: readonly ProfileUse[]): Promise<Catalog> {
  return catalogOf(await readFiles(folder), uses);
}

/** Puts together what the files say. @throws CatalogError where names or patterns mean nothing */
export function catalogOf(files: CatalogFiles, uses: readonly ProfileUse[]): Catalog {
  const permissions = files.permissions.flatMap(({ file, content }) => permissionsOf(content, file));
  permissions.sort((a, b) => (a.name < b.name ? -1 : 1));
  const liveNames = permissions.filter(({ live }) => live).map(({ name }) => name);
  const catalog: Catalog = {
    sources: files.sources,
    services: files.permissions.map(({ content }) => serviceOf(content)),
    permissions,
    liveNames,
    roles: rolesOf(files, liveNames),
    methods: files.methods.flatMap(({ content: { service, prefix, source, methods } }) =>
      methods.map((row): MethodRow => ({ ...row, service, prefix, source })),
    ),
    notes: Object.entries(files.notes).map(([id, { source, ...note }]): Note => ({
      id,
      ...note,
      sources: source,
    })),
    uses,
    contradictions: [],
  };
  return { ...catalog, contradictions: acknowledge(contradictionsIn(catalog), files.acknowledged).known };
}

type PermissionFile = z.infer<typeof permissionsForm>;

function serviceOf({ service, title, prefix, about }: PermissionFile): Service {
  const groups = (about?.groups ?? []).map((group) => ({ title: group.title, notes: group.notes }));
  return { name: service, title, prefix, notes: about?.notes ?? [], groups };
}

const hierarchy: readonly Level[] = ['organization', 'folder', 'project'];

function permissionsOf(content: PermissionFile, file: string): Permission[] {
  const { prefix, resources, alsoOnResource, exceptions, about } = content;
  const described = new Map(
    (about?.groups ?? []).flatMap((group) =>
      Object.entries(group.permissions).map(([name, { does, risk, notes, source }]) => [
        name,
        {
          group: group.title,
          does,
          risk,
          ...optional('notes', [...notes, ...group.notes]),
          sources: source ?? group.source,
        },
      ]),
    ),
  );
  const live = linesOf(resources).flatMap((line) => {
    const [resource = '', actions = ''] = line.split(/:\s+/);
    return actions.split(/\s+/).map((action) => `${resource}.${action}`);
  });
  const facts = live.map((name): Permission => {
    const special = exceptions.filter(({ permissions }) =>
      permissions.some((pattern) => meant(pattern, name)),
    );
    const onResource = alsoOnResource.some((pattern) => meant(pattern, name));
    return {
      name: `${prefix}.${name}`,
      live: true,
      ...(onResource && { levels: [...hierarchy, 'resource'] }),
      ...Object.fromEntries(
        special.flatMap(({ levels, customRole, stage }) =>
          Object.entries({ levels, customRole, stage }).filter(([, value]) => value !== undefined),
        ),
      ),
      ...optional(
        'exceptions',
        special.map(({ why }) => why),
      ),
      ...described.get(name),
    };
  });
  const known = new Set(live);
  const documented = [...described].filter(([name]) => !known.has(name));
  if (new Set(live).size !== live.length) throw wrong(file, 'a permission stands in it twice');
  return [
    ...facts,
    ...documented.map(([name, said]): Permission => ({ name: `${prefix}.${name}`, live: false, ...said })),
  ];
}

/** A field of the permission, left out where it would be empty. */
function optional(key: 'notes' | 'exceptions', list: readonly string[]) {
  return list.length === 0 ? {} : { [key]: list };
}

type RoleForm = z.infer<typeof rolesForm>[string];

function rolesOf({ roles: files }: CatalogFiles, liveNames: readonly string[]): Role[] {
  const names: NamesByPrefix = Map.groupBy(liveNames, (name) => name.slice(0, name.indexOf('.')));
  const forms = new Map<string, RoleForm & { file: string }>();
  for (const { file, content } of files)
    for (const [name, role] of Object.entries(content)) {
      if (forms.has(name)) throw wrong(file, `${name} stands in ${forms.get(name)?.file ?? ''}, too`);
      forms.set(name, { ...role, file });
    }
  const held = new Map<string, ReadonlySet<string>>();
  const holds = (name: string, from: string): ReadonlySet<string> => {
    const known = held.get(name);
    if (known) return known;
    const form = forms.get(name);
    if (!form) throw wrong(from, `${name} is included and is not there`);
    held.set(name, new Set()); // who includes themselves holds no more for it
    const all = new Set(form.includes.flatMap((other) => [...holds(other, form.file)]));
    try {
      for (const permission of expanded(form.permissions, names)) all.add(permission);
    } catch (error) {
      throw wrong(form.file, `${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    held.set(name, all);
    return all;
  };
  return [...forms].map(([name, { title, stage, lowest, highest, about, documented, file }]): Role => ({
    name,
    title,
    stage,
    lowest,
    highest,
    ...(about && { does: about.does, risk: about.risk, notes: about.notes, sources: about.source }),
    ...(documented && {
      documented: {
        source: documented.source,
        includes: documented.includes,
        permissions: Object.entries(documented.permissions).map(([permission, on]) => ({
          name: permission,
          on,
        })),
      },
    }),
    ranges: rangesOf([...holds(name, file)].map((each) => indexIn(liveNames, each)).sort((a, b) => a - b)),
  }));
}

function wrong(file: string, what: string): CatalogError {
  return new CatalogError(`catalog/${file}: ${what}`, 'Mend the file; catalog/README.md describes the form.');
}
