import { Environment } from '@marcbachmann/cel-js';
import { extract } from '../conditions.ts';

/** What the expressions of a provider may ask about. */
export interface MappingFacts {
  /** The claims of the subject token. */
  readonly assertion: Readonly<Record<string, unknown>>;
  /** What was mapped already: google.subject and google.groups, and the custom attributes. */
  readonly google?: Readonly<Record<string, unknown>>;
  readonly attribute?: Readonly<Record<string, unknown>>;
}

const environment = new Environment({ homogeneousAggregateLiterals: false })
  .registerVariable('assertion', 'map')
  .registerVariable('mapped_google', 'map')
  .registerVariable('attribute', 'map')
  .registerFunction('string.extract(string): string', extract);

const STRING_OR_GOOGLE =
  /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<![\w.])google(?=\s*[.[])/g;

/** CEL here has a `google` of its own, the namespace of protobuf types: outside of strings ours is named otherwise. */
const prepare = (expression: string) =>
  expression.replaceAll(STRING_OR_GOOGLE, (_, literal?: string) => literal ?? 'mapped_google');

/**
 * What is wrong with an expression, or undefined.
 * @param wanted the type that it must give; `dyn`, what a claim has before it is known, is taken for it.
 */
export function mappingProblem(expression: string, wanted: 'bool' | 'string' | 'list'): string | undefined {
  const result = environment.check(prepare(expression));
  if (!result.valid) return result.error?.message.split('\n')[0] ?? 'not a valid expression';
  const type = String(result.type);
  return type === 'dyn' || type.startsWith(wanted) ? undefined : `gives ${type}, not ${wanted}`;
}

/** What an expression gives; undefined when it asks for a claim that is not there, or makes no sense otherwise. */
export function evaluateMapping(expression: string, facts: MappingFacts): unknown {
  try {
    return environment.evaluate(prepare(expression), {
      assertion: facts.assertion,
      mapped_google: facts.google ?? {},
      attribute: facts.attribute ?? {},
    });
  } catch {
    return undefined;
  }
}
