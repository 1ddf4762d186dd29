import type { Cited } from './entry.ts';
import type { Catalog, Note } from './model.ts';
import { meant } from './role-lines.ts';

/** Whether a note belongs to one of these names. */
export function belongs({ about }: Note, names: readonly string[]): boolean {
  return about.some((pattern) => names.some((name) => meant(pattern, name)));
}

/** What notes and contradictions say of any of these names, and which sources say so. */
export function aboutIt(names: readonly string[], catalog: Catalog): { notes: string[]; sources: string[] } {
  const notes = catalog.notes.filter((note) => belongs(note, names));
  const found = catalog.contradictions.filter((each) => each.names.some((name) => names.includes(name)));
  // Under each other, rows that say the same of ten roles are told once.
  const reasons = Map.groupBy(found, ({ why }) => why);
  return {
    notes: [
      ...notes.map(({ title, says }) => `${title}. ${says}`),
      ...[...reasons].map(([why, each]) => {
        const more = each.length > 2 ? ` And ${each.length - 1} more like it: catalog lint --all.` : '';
        const says = more === '' ? each.map((one) => one.says).join(' ') : (each[0]?.says ?? '');
        return `The sources disagree. ${says}${more} ${why}`;
      }),
    ],
    sources: [...notes, ...found].flatMap(({ sources }) => sources),
  };
}

/** Sources by their labels, each once, in the order given. */
export function cite(labels: readonly string[], { sources }: Catalog): Cited[] {
  return [...new Set(labels)].flatMap((label) => {
    const source = sources[label];
    return source ? [{ title: source.title, date: source.date, link: source.link }] : [];
  });
}
