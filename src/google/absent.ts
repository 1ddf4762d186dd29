import { isCloudError } from './errors.ts';

/** Reads Google's 404 as an absence. @throws whatever else the call throws */
export async function absentOn404<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isCloudError(error, 'not-found')) return undefined;
    throw error;
  }
}
