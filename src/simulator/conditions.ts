import { Environment } from '@marcbachmann/cel-js';

/** What a condition may ask about. */
export interface ConditionFacts {
  readonly time: number;
  readonly resource: { readonly name: string; readonly type: string; readonly service: string };
  /** What api.getAttribute() finds, e.g. the roles that a policy write grants or revokes. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

/** Evaluates IAM conditions, remembering what it has parsed. */
export interface Conditions {
  /** True only when the expression is valid and evaluates to true: anything unknown grants nothing. */
  holds(expression: string, facts: ConditionFacts): boolean;
  /** What is wrong with an expression, or undefined. */
  problem(expression: string): string | undefined;
}

type ResourceFacts = ConditionFacts['resource'];

class Resource {
  readonly name: string;
  readonly type: string;
  readonly service: string;
  constructor({ name, type, service }: ResourceFacts) {
    this.name = name;
    this.type = type;
    this.service = service;
  }
}

class Api {
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  constructor(attributes: Readonly<Record<string, readonly string[]>>) {
    this.attributes = attributes;
  }
}

/** Google's `extract`: what stands at `{name}` of the template, or nothing (IAM docs, conditions, extract). */
export function extract(text: string, template: string): string {
  const parts = /^(?<before>[^{]*)\{[^}]*\}(?<after>.*)$/.exec(template)?.groups;
  if (!parts) return '';
  const { before = '', after = '' } = parts;
  const start = text.indexOf(before);
  if (start < 0) return '';
  const rest = text.slice(start + before.length);
  if (after === '') return rest;
  const end = rest.indexOf(after);
  return end < 0 ? '' : rest.slice(0, end);
}

/** Makes an evaluator with IAM's variables and functions over CEL. */
export function createConditions(): Conditions {
  const environment = new Environment()
    .registerVariable('request', {
      schema: {
        time: 'google.protobuf.Timestamp',
        path: 'string',
        host: 'string',
        auth: { access_levels: 'list<string>' },
      },
    })
    // Known, so that such conditions can be written; without a value, so that they grant nothing.
    .registerVariable('destination', { schema: { ip: 'string', port: 'int' } })
    .registerType('IamResource', {
      ctor: Resource,
      fields: { name: 'string', type: 'string', service: 'string' },
    })
    .registerVariable('resource', 'IamResource')
    .registerType('IamApi', { ctor: Api, fields: {} })
    .registerVariable('api', 'IamApi')
    .registerFunction('string.extract(string): string', extract)
    .registerFunction(
      'IamApi.getAttribute(string, list): list<string>',
      (api: Api, name: string, otherwise: string[]) => api.attributes[name] ?? otherwise,
    )
    // No resource here has tags.
    .registerFunction('IamResource.matchTag(string, string): bool', () => false)
    .registerFunction('IamResource.matchTagId(string, string): bool', () => false)
    .registerFunction('IamResource.hasTagKey(string): bool', () => false)
    .registerFunction('IamResource.hasTagKeyId(string): bool', () => false)
    .registerFunction('list.hasOnly(list): bool', (list: unknown[], only: unknown[]) =>
      list.every((item) => only.includes(item)),
    );
  const parsed = new Map<string, ReturnType<Environment['parse']> | undefined>();
  const parse = (expression: string) => {
    if (!parsed.has(expression)) {
      let program;
      try {
        program = environment.parse(expression);
      } catch {
        program = undefined;
      }
      parsed.set(expression, program);
    }
    return parsed.get(expression);
  };
  return {
    holds(expression, facts) {
      try {
        return (
          parse(expression)?.({
            request: { time: new Date(facts.time) },
            resource: new Resource(facts.resource),
            api: new Api(facts.attributes ?? {}),
          }) === true
        );
      } catch {
        return false;
      }
    },
    problem(expression) {
      const result = environment.check(expression);
      if (!result.valid) return result.error?.message.split('\n')[0] ?? 'not a valid expression';
      return result.type === 'bool' ? undefined : `gives ${String(result.type)}, not bool`;
    },
  };
}
