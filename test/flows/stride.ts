/**
 * Of the places where a run can be cut off, `npm test` takes each third, and `npm run faults` takes all
 * (vitest's mode `exhaustive`).
 */
export const stride = process.env['MODE'] === 'exhaustive' ? 1 : 3;
