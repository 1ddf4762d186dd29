/** The demos there are. */
export const storyNames = ['first', 'repair', 'blocked'] as const;
export type StoryName = (typeof storyNames)[number];
