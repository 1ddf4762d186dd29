import type { Cause } from './cause.ts';

/** What takes everything first, then what explains most; what passes by itself last. */
export function ranked(causes: readonly Cause[]): Cause[] {
  const weight = ({ kind, permissions }: Cause): number => {
    if (kind === 'clock-skew') return Infinity;
    if (kind === 'propagating') return 0;
    return permissions.length === 0 ? 1e6 : permissions.length;
  };
  return causes.toSorted((one, other) => {
    const [a, b] = [weight(one), weight(other)];
    return a === b ? 0 : b > a ? 1 : -1;
  });
}
