import type { KnownNames } from '../../profile/known-names.ts';
import { catalogData, liveData } from '../catalog-data.ts';

/** The names of Google's permissions and services that the catalog holds, and what was refreshed. */
export async function knownNames(env: NodeJS.ProcessEnv = process.env): Promise<KnownNames> {
  const { permissions, services } = await catalogData();
  const names = new Set([...permissions.map(({ name }) => name), ...(liveData(env)?.names ?? [])]);
  return { permissions: [...names], services: services.map(({ name }) => name) };
}
