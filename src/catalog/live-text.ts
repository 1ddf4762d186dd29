import { CatalogError } from './catalog-error.ts';
import type { Live, LiveRole, Testable } from './live.ts';

// A form of its own, because reading it is a part of every `explain`: as JSON, 2,500 roles and 14,000 permissions take
// 40 ms. One line of JSON, then a line a permission, then a line a role; of these, only what is asked for is parsed.

const marks = { SUPPORTED: 'S', TESTING: 'T', NOT_SUPPORTED: 'N' } as const;
const supports = { S: 'SUPPORTED', T: 'TESTING', N: 'NOT_SUPPORTED' } as const;

/** Writes it down. */
export function textOf(live: Live): string {
  const { date, from, project, names, roles } = live;
  const head = { v: 1, date, from, project, permissions: names.length, roles: roles.length };
  const permissions = names.map((name) => {
    const known = live.testable(name);
    const mark = known ? marks[known.customRole] + known.stage : '';
    return [name, mark, packed(live.holders(name))].join('\t');
  });
  const rows = roles.map(({ name, title, stage, description, size, ranges }) =>
    [name, plain(title), plain(stage), plain(description), size, packed(ranges)].join('\t'),
  );
  return `${[JSON.stringify(head), ...permissions, ...rows].join('\n')}\n`;
}

function plain(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

/** Each number by how much it is more than the one before. */
function packed(ranges: readonly number[]): string {
  let last = 0;
  return ranges
    .map((number) => {
      const step = number - last;
      last = number;
      return step.toString(36);
    })
    .join(' ');
}

function unpacked(text = ''): number[] {
  if (text === '') return [];
  let last = 0;
  return text.split(' ').map((step) => (last += Number.parseInt(step, 36)));
}

/** Reads what {@link textOf} wrote. @throws CatalogError when it is something else, such as half a file */
export function liveFrom(text: string, file: string): Live {
  const lines = text.split('\n');
  const head = headOf(lines[0] ?? '');
  if (!head || lines.length !== head.permissions + head.roles + 2)
    throw new CatalogError(
      `${file} is not what catalog refresh has written`,
      'Refresh it: iamready catalog refresh.',
    );
  const rows = lines.slice(1, 1 + head.permissions);
  const fields = (name: string) => rowNamed(rows, name)?.split('\t') ?? [];
  // What most questions do not need is made for those that do.
  let names: string[] | undefined;
  let roles: LiveRole[] | undefined;
  return {
    date: head.date,
    from: head.from,
    project: head.project,
    get names() {
      return (names ??= rows.map(nameIn));
    },
    get roles() {
      return (roles ??= lines.slice(1 + head.permissions, -1).map((line) => new WrittenRole(line)));
    },
    has: (name) => rowNamed(rows, name) !== undefined,
    testable: (name) => testableFrom(fields(name)[1] ?? ''),
    holders: (name) => unpacked(fields(name)[2]),
  };
}

function nameIn(row: string): string {
  return row.slice(0, row.indexOf('\t'));
}

/** The row of a permission; rows are in the order of their names. */
function rowNamed(rows: readonly string[], name: string): string | undefined {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle] ?? '';
    const here = nameIn(row);
    if (here === name) return row;
    if (here < name) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function testableFrom(mark: string): Testable | undefined {
  const known = Object.entries(supports).find(([letter]) => mark.startsWith(letter));
  return known && { customRole: known[1], stage: mark.slice(1) };
}

/** A line of a role, taken apart when somebody asks. */
class WrittenRole implements LiveRole {
  readonly #line: string;
  readonly name: string;
  #ranges: readonly number[] | undefined;

  constructor(line: string) {
    this.#line = line;
    this.name = line.slice(0, line.indexOf('\t'));
  }
  #field(at: number): string {
    return this.#line.split('\t', at + 1)[at] ?? '';
  }
  get title(): string {
    return this.#field(1);
  }
  get stage(): string {
    return this.#field(2);
  }
  get description(): string {
    return this.#field(3);
  }
  get size(): number {
    return Number(this.#field(4));
  }
  get ranges(): readonly number[] {
    return (this.#ranges ??= unpacked(this.#field(5)));
  }
}

interface Head {
  readonly date: string;
  readonly from: string;
  readonly project?: string | undefined;
  readonly permissions: number;
  readonly roles: number;
}

/** Checked by hand: zod takes longer to load than the rest of it to read. */
function headOf(line: string): Head | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('v' in value && 'date' in value && 'from' in value && 'permissions' in value && 'roles' in value))
    return undefined;
  const { v, date, from, permissions, roles } = value;
  if (v !== 1 || typeof date !== 'string' || typeof from !== 'string') return undefined;
  if (typeof permissions !== 'number' || typeof roles !== 'number') return undefined;
  const project = 'project' in value && typeof value.project === 'string' ? value.project : undefined;
  return { date, from, project, permissions, roles };
}
