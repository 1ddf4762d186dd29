import { invalidArgument } from '../errors.ts';
import type { Project } from '../world.ts';

type Test = (project: Project) => boolean;

/** `how*` is a prefix, `*` anything there is, all else the whole word; case does not matter (discovery document). */
function word(pattern: string): (text: string | undefined) => boolean {
  const wanted = pattern.toLowerCase();
  if (wanted === '*') return (text) => text !== undefined && text !== '';
  if (wanted.endsWith('*')) return (text) => text?.toLowerCase().startsWith(wanted.slice(0, -1)) ?? false;
  return (text) => text?.toLowerCase() === wanted;
}

function term(field: string, value: string): Test {
  const matches = word(value);
  const name = field.toLowerCase();
  if (name === 'id' || name === 'projectid') return (project) => matches(project.id);
  if (name === 'name' || name === 'displayname') return (project) => matches(project.displayName);
  if (name === 'projectnumber') return (project) => matches(project.number);
  if (name === 'state' || name === 'lifecyclestate') return (project) => matches(project.state);
  if (name === 'parent') return (project) => matches(project.parent);
  if (name === 'parent.type') return (project) => matches(project.parent?.split('/')[0]?.replace(/s$/, ''));
  if (name === 'parent.id') return (project) => matches(project.parent?.split('/')[1]);
  if (name === 'labels')
    return (project) => Object.entries(project.labels).some(([key, label]) => matches(key) || matches(label));
  if (name.startsWith('labels.')) {
    const label = field.slice('labels.'.length);
    // `labels.color:*` asks for the label, whatever its value, be it empty.
    return value === '*' ? (project) => label in project.labels : (project) => matches(project.labels[label]);
  }
  throw invalidArgument('Request contains an invalid argument.'); // [U] the text for an unknown field.
}

/**
 * Reads a project query: `field:value` or `field=value` terms. A project matches when any term holds; with AND between
 * terms all must (the discovery document promises the former; the latter is what gcloud sends, [U]).
 */
export function parseQuery(query: string): Test {
  const text = query.trim();
  if (text === '') return () => true;
  const groups = text.split(/\s+OR\s+/);
  const tests = groups.map((group): Test => {
    const parts = group
      .replace(/[()]/g, ' ')
      .trim()
      .split(/\s+AND\s+/);
    const all = parts.map((part): Test => {
      const terms = [...part.matchAll(/(-|NOT\s+)?([A-Za-z][\w.-]*)\s*[:=]\s*(?:"([^"]*)"|([^\s"]+))/g)];
      if (terms.length === 0) throw invalidArgument('Request contains an invalid argument.');
      const any = terms.map(([, not, field = '', quoted, plain]) => {
        const test = term(field, quoted ?? plain ?? '');
        return not ? (project: Project) => !test(project) : test;
      });
      return byParent(terms.map(([, , field = '']) => field))
        ? (project) => any.every((test) => test(project))
        : (project) => any.some((test) => test(project));
    });
    return (project) => all.every((test) => test(project));
  });
  return (project) => tests.some((test) => test(project));
}

/** A query by parent.type and parent.id together asks for the children of that parent (discovery document, v1 list). */
function byParent(fields: readonly string[]): boolean {
  return fields.length === 2 && fields.every((field) => field.toLowerCase().startsWith('parent.'));
}
