type Fields = Readonly<Record<string, unknown>>;

const asFields = (value: unknown): Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};

function take(before: unknown, sent: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return sent;
  return { ...asFields(before), [name]: take(asFields(before)[name], asFields(sent)[name], rest) };
}

/** What a mask such as `labels,template.service_account` takes over from what was sent; all of it without one, or at `*`. */
export function applyMask(mask: string, before: Fields, sent: unknown): unknown {
  const paths = mask
    .split(',')
    .map((path) => path.trim().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    .filter((path) => path !== '');
  if (paths.length === 0 || paths.includes('*')) return sent;
  return paths.reduce<unknown>((value, path) => take(value, sent, path.split('.')), before);
}
