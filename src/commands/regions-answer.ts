import { shown } from './shown.ts';
import { usage } from './usage.ts';

/** Regions of Cloud Run that a flag names, with commas between them. @throws ProblemError for what cannot be one */
export function regionsAnswer({ regions }: { regions?: string }): string[] {
  const names = (regions ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const wrong = names.find((name) => !/^[a-z]+-[a-z]+\d+$/u.test(name));
  if (wrong === undefined) return names;
  throw usage(
    `--regions: ${shown(wrong)} is not a region`,
    'write regions with commas between them: --regions=europe-west1,us-central1',
  );
}
