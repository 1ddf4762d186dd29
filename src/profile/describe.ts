import { isPrintable, printable } from './printable.ts';

/** How a value of the file is named to a person: short, on one line, never a secret. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isNumberOrBoolean(value)) return String(value);
  if (typeof value !== 'string') return 'a map';
  // Somebody may name a key file by mistake; nothing of a key is ever shown.
  if (value.includes('-----BEGIN')) return 'a key or certificate';
  const bytes = Buffer.byteLength(value);
  const size = bytes > 60 ? ` (${bytes} bytes)` : '';
  return `"${printable(value)}"${size}${isPrintable(value) ? '' : ' with control characters'}`;
}

/** How a field is named to a person: `permissions[3].name`; the whole file for an empty path. */
export function describePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${printable(String(step))}`));
  return steps.join('').replace(/^\./u, '');
}

/** Whether YAML read a number or a boolean, which quotes would turn into text. */
export function isNumberOrBoolean(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}
