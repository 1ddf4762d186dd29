import { nearest } from './nearest.ts';

type Suggest = (value: string, root: unknown) => string | undefined;

const oneOf =
  (...candidates: string[]): Suggest =>
  (value) =>
    nearest(value, candidates);

/** Lower-case words with dashes between them, if that is a name of the form. */
const dashed =
  (form: RegExp, longest: number): Suggest =>
  (value) => {
    const plain = value
      .replace(/@.*$/u, '')
      .replace(/([a-z\d])([A-Z])/gu, '$1-$2')
      .toLowerCase();
    const text = plain
      .replaceAll(/[^a-z\d]+/gu, '-')
      .replace(/^[-\d]+/u, '')
      .slice(0, longest)
      .replace(/-+$/u, '');
    return form.test(text) ? text : undefined;
  };

const label = dashed(/^[a-z][a-z0-9-]{0,62}$/u, 63);

/** What a refused value was most likely meant to be, by the ID of the rule that refused it. */
const suggestions: Readonly<Record<string, Suggest>> = {
  name: label,
  ours: () => 'us',
  statusStage: oneOf('alpha', 'beta', 'stable', 'deprecated'),
  roleStage: (value) => nearest(value.toUpperCase(), ['ALPHA', 'BETA', 'GA']),
  source: (value, root) => nearest(value, ['ours', ...labelsIn(root)]) ?? label(value, root),
  accountId: dashed(/^(?=.{6,30}$)[a-z][-a-z0-9]*[a-z0-9]$/u, 30),
  roleId(value) {
    const text = value.replaceAll(/[^a-zA-Z0-9_.]+/gu, '_').slice(0, 64);
    return /^(?=.*[a-zA-Z0-9])[a-zA-Z0-9_.]{3,64}$/u.test(text) ? text : undefined;
  },
  serviceName(value) {
    const host = value
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//u, '')
      .replace(/\/.*$/u, '');
    const [service = ''] = host.split('.');
    return /^[a-z][a-z0-9-]{1,62}$/u.test(service) ? `${service}.googleapis.com` : undefined;
  },
  permissionName(value) {
    const [service = '', ...rest] = value
      .trim()
      .replaceAll(/[\s:/]+/gu, '.')
      .split('.');
    const name = [service.toLowerCase(), ...rest].join('.');
    return /^[a-z][a-z0-9-]*\.[a-zA-Z]\w*\.[a-zA-Z]\w*$/u.test(name) ? name : undefined;
  },
  link(value) {
    const text = value.trim().replace(/^(?:http:)?\/\//u, 'https://');
    const whole = /^[a-z\d-]+(?:\.[a-z\d-]+)+(?:\/|$)/iu.test(text) ? `https://${text}` : text;
    return /^https:\/\/[!-~]{1,500}$/u.test(whole) && URL.canParse(whole) ? whole : undefined;
  },
  envName(value) {
    const text = value
      .trim()
      .replace(/^\$?\{?/u, '')
      .replace(/[}=].*$/u, '')
      .replaceAll(/[^A-Za-z0-9_]+/gu, '_')
      .replace(/^(?=\d)/u, '_');
    return /^[A-Za-z_][A-Za-z0-9_]{0,127}$/u.test(text) ? text : undefined;
  },
  grantRole: (value) => (value === 'Custom' ? 'custom' : predefined(value)),
  teamRole: predefined,
  on: oneOf('project', 'account', 'organization', 'account/compute'),
};

/** Whole days as Google's limit allows them. */
function days(value: unknown): string | undefined {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || value === '') return undefined;
  return String(Math.min(3650, Math.max(1, Math.round(number))));
}

function predefined(value: string): string | undefined {
  const text = `roles/${value.trim().replace(/^\/?roles?\//iu, '')}`;
  return /^roles\/[a-z][\w.]{1,127}$/u.test(text) ? text : undefined;
}

/**
 * The valid value that is nearest to one that was refused; undefined where nothing is near.
 * @param rule the ID of the rule that refused it
 * @param root the whole parsed file, for values that have to stand elsewhere in it
 */
export function nearestValid(rule: string, value: unknown, root: unknown): string | undefined {
  if (rule === 'maxAgeDays') return days(value);
  if (typeof value !== 'string' || value.length > 500 || value.includes('-----BEGIN')) return undefined;
  const found = Object.hasOwn(suggestions, rule) ? suggestions[rule]?.(value, root) : undefined;
  return found === value ? undefined : found;
}

function labelsIn(root: unknown): string[] {
  if (typeof root !== 'object' || root === null || !('sources' in root)) return [];
  const { sources } = root;
  return typeof sources === 'object' && sources !== null ? Object.keys(sources) : [];
}
