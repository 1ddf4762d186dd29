/**
 * What NO_PROXY names, as rules for gaxios, which by itself knows neither `*` nor that `example.com` names all below it, too
 * (as curl and gcloud read it). With a port a rule is for that port alone.
 */
export function noProxyRules(env: NodeJS.ProcessEnv): RegExp[] {
  const text = env['NO_PROXY'] ?? env['no_proxy'] ?? '';
  return text
    .split(/[\s,]+/)
    .filter((rule) => rule !== '')
    .map((rule) => (rule === '*' ? /^/ : ruleFor(rule)));
}

function ruleFor(rule: string): RegExp {
  const [, host = '', port] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(rule) ?? [];
  // The URL that it is held against is normalised: lower case, and without https's own port.
  const name = host.toLowerCase().replaceAll(/[^a-z0-9-]/g, '\\$&');
  const end = port === undefined ? '(?::\\d+)?' : port === '443' ? '' : `:${port}`;
  return new RegExp(`^https?://(?:[^/]*\\.)?${name}${end}/`);
}
