import type { Terminal } from './terminal.ts';

/** What the questions of the wizard are known by. */
export const titles = {
  earlier: 'You have been here before',
  signIn: 'Who are you to Google Cloud?',
  profile: 'What is the service account for?',
  project: 'In which project?',
  plan: 'This is everything that will change',
} as const;

/**
 * The same on a screen, where a line may end between any two words. What is found while the question stands there already
 * must be there: of the ways to sign in the one that Enter takes, and of the projects some.
 */
export const shows = {
  earlier: inLines(titles.earlier),
  signIn: new RegExp(`${inLines(titles.signIn).source}[^]*[●>] (?:the owner of an|\\S+@)`),
  profile: inLines(titles.profile),
  project: new RegExp(`${inLines(titles.project).source}[^]*[●>] acme-[^]*create a project`),
  plan: inLines(titles.plan),
} as const;

function inLines(text: string): RegExp {
  return new RegExp(text.replaceAll('?', '\\?').replaceAll(' ', '\\s+'));
}

/** From the start to the list of projects, by Enter alone. */
export async function toProjects(terminal: Terminal): Promise<void> {
  await terminal.until(shows.signIn);
  terminal.press('enter');
  await terminal.until(shows.profile);
  terminal.press('enter');
  await terminal.until(shows.project);
}

/** Filters the list of projects by an ID, and chooses the one that is left. */
export async function chooseProject(terminal: Terminal, id: string): Promise<void> {
  terminal.type(id);
  await terminal.until(new RegExp(`Filter\\s+${id}`));
  await terminal.until(new RegExp(`● ${id} `));
  terminal.press('enter');
}

/** From the start to the plan for a project. */
export async function toPlan(terminal: Terminal, project: string): Promise<void> {
  await toProjects(terminal);
  await chooseProject(terminal, project);
  await terminal.until(shows.plan);
}

/** Presses Escape, and waits for what it leads to: a key that follows at once would be taken for one with Alt. */
export async function back(terminal: Terminal, to: string | RegExp): Promise<void> {
  terminal.press('escape');
  await terminal.until(to);
}
