import type { Catalog } from '../../catalog/model.ts';
import type { Note } from '../../wizard/question.ts';
import type { Talk } from '../wizard/talk.ts';
import { askForNames } from './ask-names.ts';
import { askForText, lineOf, sentence } from './ask-text.ts';
import { servicesFor, usualReason, type Draft, type Reasoned } from './draft.ts';

/** What flags have said of it already. */
interface Begun {
  name?: string | undefined;
  title?: string | undefined;
  summary?: string | undefined;
  permissions: readonly Reasoned[];
}

/** A name in words: "team-reports" is "Team reports". */
export function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Asks for what no flag has said: name, title, what it does, permissions and services with their reasons. */
export async function askForDraft(
  talk: Talk,
  begun: Begun,
  catalog: Catalog,
  told: readonly string[],
): Promise<Draft> {
  const draft = { name: '', title: '', summary: '', permissions: begun.permissions };
  let services: readonly Reasoned[] | undefined;
  const notes = told.map((text): Note => ({ tone: 'attention', text }));
  const stages: ((canGoBack: boolean) => Promise<boolean>)[] = [
    async (canGoBack) => {
      const text =
        begun.name ?? (await askForText(talk, { ...nameQuestion, value: draft.name, canGoBack, notes }));
      draft.name = text ?? '';
      return text !== undefined;
    },
    async (canGoBack) => {
      const value = draft.title || titleOf(draft.name);
      const text = begun.title ?? (await askForText(talk, { ...titleQuestion, value, canGoBack }));
      draft.title = text ?? '';
      return text !== undefined;
    },
    async (canGoBack) => {
      const text =
        begun.summary ?? (await askForText(talk, { ...summaryQuestion, value: draft.summary, canGoBack }));
      draft.summary = text ?? '';
      return text !== undefined;
    },
    async (canGoBack) => {
      const known = catalog.permissions.filter(
        ({ live, customRole }) => live && customRole !== 'NOT_SUPPORTED',
      );
      const chosen = await askForNames(talk, {
        ...{ id: 'permissions', noun: 'permission', flag: '--permissions', canGoBack, least: 1 },
        title: 'What may the account do?',
        why: 'Each permission needs a true reason: the people who review it will ask.',
        options: known.map(({ name, does = '', risk }) => ({
          name,
          does: risk === undefined ? does : `${does} ${risk}`.trim(),
        })),
        chosen: draft.permissions,
        reason: (name) => usualReason(catalog, name, ''),
      });
      if (chosen !== undefined) draft.permissions = chosen;
      return chosen !== undefined;
    },
    async (canGoBack) => {
      services = await askForNames(talk, {
        ...{ id: 'services', noun: 'service', flag: '--permissions', canGoBack, least: 0 },
        title: 'Which services must be on?',
        why: 'Those of its permissions are chosen already.',
        options: catalog.services.map(({ name, title }) => ({ name, does: title })),
        chosen: services ?? servicesFor(catalog, draft.permissions),
        reason: (name) =>
          `The account calls the ${catalog.services.find((each) => each.name === name)?.title ?? name}.`,
      });
      return services !== undefined;
    },
  ];
  for (let at = 0; at < stages.length;) at = (await stages[at]?.(at > 0)) ? at + 1 : Math.max(0, at - 1);
  return { ...draft, services: services ?? [] };
}

const nameQuestion = {
  id: 'profile-name',
  title: 'What is the profile called?',
  why: 'Its file, the role and the account are named after it.',
  flag: '--name',
  noun: 'name',
  check: (text: string) =>
    /^[a-z][a-z0-9-]{0,62}$/u.test(text.trim())
      ? undefined
      : 'use 1 to 63 lower-case letters, digits and dashes, beginning with a letter: team-deploy',
};
const titleQuestion = {
  id: 'profile-title',
  title: 'What do people read?',
  why: 'The role and the account carry it as their title.',
  flag: '--title',
  noun: 'title',
  check: lineOf(100),
};
const summaryQuestion = {
  id: 'profile-summary',
  title: 'What does the account do?',
  why: 'One sentence, for whoever chooses the profile.',
  flag: '--summary',
  noun: 'sentence',
  check: sentence,
};
