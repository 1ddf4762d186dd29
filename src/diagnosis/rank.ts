import type { Cause } from './cause.ts';

/**
 * What takes everything first, then what explains most; what passes by itself last.
 * @param signedIn whether the account could sign in: then a wrong clock takes nothing from it, only from other programs here
 */
export function ranked(causes: readonly Cause[], signedIn: boolean): Cause[] {
  const weight = ({ kind, permissions }: Cause): number => {
    if (kind === 'clock-skew') return signedIn ? 0.5 : Infinity;
    if (kind === 'propagating') return 0;
    return permissions.length === 0 ? 1e6 : permissions.length;
  };
  return causes.toSorted((one, other) => {
    const [a, b] = [weight(one), weight(other)];
    return a === b ? 0 : b > a ? 1 : -1;
  });
}
