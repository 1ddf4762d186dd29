/** What it breaks that a permission or service is missing, where the profile says what it is for. */
export function failsWithout(why: string): string {
  return `fails without it: ${why}`;
}

/** What it breaks that the account has nothing of what it needs. */
export const allDenied = 'every call of your program is denied';

/** What it breaks that the account cannot sign in. */
export const cannotSignIn = 'your program cannot sign in';
