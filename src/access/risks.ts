import type { AccessGraph } from './graph.ts';
import { byLevel, type Risk, type RiskContext } from './risk.ts';
import { risksOfGrants } from './risks-of-grants.ts';
import { risksOfKeys } from './risks-of-keys.ts';
import { risksOfUsers } from './risks-of-users.ts';

/** All that a reviewer should know of this access, the worst first, each with its remedy. Pure. */
export function risksOf(graph: AccessGraph, context: RiskContext): Risk[] {
  return byLevel([...risksOfGrants(graph, context), ...risksOfUsers(graph), ...risksOfKeys(graph, context)]);
}

/** What was looked for, also where nothing was found. */
export const looksFor =
  'basic roles, roles that reach every account of the project, roles above the project, what is open to everybody, permissions and roles that the profile does not ask for, keys that are old, unused or not needed, and conditions that end';
