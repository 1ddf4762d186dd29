/** What goes on while ways to sign in are sought; it is said before the code that seeks them is loaded. */
export const looking = 'looking for ways to sign in';
