import { demand } from '../authorise.ts';
import { param, view } from '../call.ts';
import { invalidArgument } from '../errors.ts';
import { globPattern } from '../glob.ts';
import { paginate } from '../paging.ts';
import { levelResource } from '../resources.ts';
import type { Handler } from '../router.ts';
import type { PolicyBinding } from '../world.ts';
import { bindingName } from './bindings.ts';
import { SIZES } from './policy-reads.ts';
import { absent, askedLevel, levelWith } from './service.ts';
import { showBinding } from './show.ts';
import { targetOf } from './target.ts';

export const getBinding: Handler = (call) => {
  const level = levelWith(call, 'iam.policybindings.get');
  const binding = view(call, call.world.policyBindings, bindingName(level, param(call, 'binding')));
  if (!binding) throw absent();
  return showBinding(binding);
};

const TERM = /^(?<field>target|policy)\s*[:=]\s*"?(?<value>[^"\s]+)"?$/i;

/** What a filter such as `target:ex* AND policy:example` lets through (IAM v3's messages; the text is [U]). */
function filterOf(filter: string): (binding: PolicyBinding) => boolean {
  const terms = filter
    .split(/\s+AND\s+|\s+(?=(?:target|policy)\s*[:=])/i)
    .filter((term) => term.trim() !== '')
    .map((term) => {
      const { field = '', value } = TERM.exec(term.trim())?.groups ?? {};
      if (value === undefined) throw invalidArgument(`Invalid filter ${filter}.`);
      return { field: field.toLowerCase(), pattern: globPattern(value.toLowerCase()) };
    });
  return (binding) =>
    terms.every(({ field, pattern }) =>
      pattern.test((field === 'target' ? binding.target : binding.policy).toLowerCase()),
    );
}

export const listBindings: Handler = (call) => {
  const level = levelWith(call, 'iam.policybindings.list');
  const start = bindingName(level, '');
  const passes = filterOf(call.query.get('filter') ?? '');
  const all = call.world.policyBindings
    .readAll()
    .filter(([name, binding]) => name.startsWith(start) && passes(binding));
  const { items, nextPageToken } = paginate(all, call.query, call.path, SIZES);
  return {
    policyBindings: items.length ? items.map(([, binding]) => showBinding(binding)) : undefined,
    nextPageToken,
  };
};

/** The bindings of a principal set; each kind of set takes a permission of its own (IAM docs). */
export const searchTargetBindings: Handler = (call) => {
  const [level, id] = askedLevel(call);
  const resource = levelResource(call.world, level, id);
  const full = call.query.get('target') ?? '';
  const target = resource && targetOf(call.world, resource, full);
  const permission = `${target?.type ?? `resourcemanager.${level}`}.searchPolicyBindings`;
  if (target) demand(call, permission, resource, `${level}/${id}`);
  else {
    levelWith(call, permission);
    throw invalidArgument(`Invalid target ${full}.`); // [U] the text.
  }
  const all = call.world.policyBindings.readAll().filter(([, binding]) => binding.target === target.set);
  const { items, nextPageToken } = paginate(all, call.query, call.path, SIZES);
  return {
    policyBindings: items.length ? items.map(([, binding]) => showBinding(binding)) : undefined,
    nextPageToken,
  };
};
