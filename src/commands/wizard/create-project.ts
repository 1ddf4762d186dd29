import { randomInt } from 'node:crypto';
import type { BillingAccount } from '../../google/billing.ts';
import type { Cloud } from '../../google/cloud.ts';
import { isCloudError } from '../../google/errors.ts';
import type { Project } from '../../google/projects.ts';
import type { Profile } from '../../profile/profile.ts';
import { cloudProblem } from '../../steps/cloud-problem.ts';
import type { Note, Option } from '../../wizard/question.ts';
import { isProjectId, projectIdRemedy } from '../name-rules.ts';
import type { Talk } from './talk.ts';

interface Surroundings {
  cloud: Cloud;
  profile: Profile;
  /** The projects that the person can see: a new one may go beside them. */
  projects: readonly Project[];
  /** Told of the new project, as soon as it is there. */
  created(project: Project): void;
}

/** Its own place in the organisation, or none. */
const nowhere = 'no parent';
const noBilling = 'without billing';

/**
 * Creates a project, step by step: ID, place, billing. Gives its ID; a note where it was not to be; undefined where the
 * person went back. Every question can be gone back from; nothing is written before the last of them is answered.
 */
export async function createProject(talk: Talk, around: Surroundings): Promise<string | Note | undefined> {
  const { cloud } = around;
  const billing = openAccounts(cloud);
  let suggested = `${around.profile.name.slice(0, 20).replace(/-+$/, '')}-${randomInt(10_000, 99_999)}`;
  let notes: readonly Note[] = [];
  for (;;) {
    const id = await askForId(talk, cloud, suggested, notes);
    if (id === undefined) return undefined;
    suggested = id;
    const parent = await askForParent(talk, around.projects);
    if (parent === undefined) continue;
    const account = await askForBilling(talk, await billing);
    if (account === undefined) continue;
    try {
      talk.conversation.busy(`creating ${id}`);
      around.created(
        await cloud.projects.create({ projectId: id, name: id, ...(parent !== nowhere && { parent }) }),
      );
    } catch (error) {
      notes = [{ tone: 'attention', text: whyNot(error, id) }];
      if (isCloudError(error, 'exists')) suggested = `${id.slice(0, 24)}-${randomInt(10_000, 99_999)}`;
      continue;
    } finally {
      talk.conversation.busy(undefined);
    }
    return (await linked(talk, cloud, id, account)) ?? id;
  }
}

/** Links the billing account; gives a note where that failed, as the project is there all the same. */
async function linked(talk: Talk, cloud: Cloud, id: string, account: string): Promise<Note | undefined> {
  if (account === noBilling) return undefined;
  try {
    talk.conversation.busy(`linking ${id} to its billing account`);
    await cloud.billing.link(id, account);
    return undefined;
  } catch (error) {
    const { what } = cloudProblem(error, { project: id, doing: `link ${id} to a billing account` });
    return { tone: 'attention', text: `${id} was created, but ${what}. Choose it to go on without billing.` };
  } finally {
    talk.conversation.busy(undefined);
  }
}

/** What a new ID may not be (Resource Manager docs, creating projects): old ones with a domain are not made any more. */
function idTrouble(text: string): string | undefined {
  if (!isProjectId(text) || text.includes(':')) return projectIdRemedy;
  const word = /google|ssl|null|undefined/.exec(text)?.[0];
  return word && `a project ID may not contain "${word}"`;
}

function whyNot(error: unknown, id: string): string {
  if (isCloudError(error, 'quota') && error.violations.length > 0)
    return 'You have as many projects as you may. Delete one that nobody uses, or ask Google for more.';
  if (isCloudError(error, 'unreachable', 'timeout'))
    return `Google did not answer, so ${id} may have been created all the same: if it is in the list of projects, take it there.`;
  if (isCloudError(error, 'exists'))
    return `${id} is taken, maybe by somebody else's project. Here is one that may be free.`;
  const { what, why, next } = cloudProblem(error, { project: id, doing: `create ${id} there` });
  return `${[what, why].filter((part) => part !== undefined).join(': ')}. Nothing was created; ${next}.`;
}

async function askForId(
  talk: Talk,
  cloud: Cloud,
  value: string,
  notes: readonly Note[],
): Promise<string | undefined> {
  const answer = await talk.ask({
    kind: 'text',
    id: 'new-project-id',
    at: 'project',
    title: 'What shall the new project be called?',
    why: 'Its ID is unique in all of Google Cloud and can never be changed. A deleted project keeps its ID for good.',
    flag: '--project',
    canGoBack: true,
    notes,
    noun: 'project ID',
    value,
    check: idTrouble,
    async confirm(text) {
      try {
        const found = await cloud.projects.get(text);
        return found && `${text} is there already, and you can see it; take another ID`;
      } catch (error) {
        // Google tells only of projects that the caller may see; of all others, when one is created.
        if (isCloudError(error, 'denied', 'not-found')) return undefined;
        throw error;
      }
    },
  });
  return answer.kind === 'typed' ? answer.text : undefined;
}

/** Beside other projects of the person's, or nowhere: all places that are known without asking for more rights. */
async function askForParent(talk: Talk, projects: readonly Project[]): Promise<string | undefined> {
  const known = Map.groupBy(
    projects.filter(({ parent }) => parent !== undefined),
    ({ parent }) => parent ?? nowhere,
  );
  if (known.size === 0) return nowhere;
  const options: Option[] = [...known].map(([parent, beside]) => ({
    id: parent,
    label: `beside ${beside
      .slice(0, 2)
      .map(({ projectId }) => projectId)
      .join(', ')}`,
    columns: [parent],
  }));
  const answer = await talk.ask({
    kind: 'choice',
    id: 'new-project-parent',
    at: 'project',
    title: 'Where shall it stand?',
    why: 'A project inherits the policies of its folder and organisation.',
    flag: '--project',
    canGoBack: true,
    noun: 'place',
    filter: false,
    loading: false,
    options: [
      ...options,
      { id: nowhere, label: 'in my organisation, or in none', columns: ['no folder'], pinned: true },
    ],
  });
  return answer.kind === 'chosen' ? answer.id : undefined;
}

async function askForBilling(
  talk: Talk,
  accounts: readonly BillingAccount[] | Note,
): Promise<string | undefined> {
  const found = 'text' in accounts ? [] : accounts;
  const answer = await talk.ask({
    kind: 'choice',
    id: 'new-project-billing',
    at: 'project',
    title: 'Who pays for it?',
    why: 'Services that cost money can be turned on only in a project with a billing account. The wizard itself makes nothing that costs.',
    flag: '--project',
    canGoBack: true,
    noun: 'billing account',
    filter: false,
    loading: false,
    notes: 'text' in accounts ? [accounts] : [],
    options: [
      ...found.map(({ name, displayName, open }) => ({
        id: name,
        label: displayName,
        columns: [name.replace('billingAccounts/', '')],
        ...(!open && { unavailable: 'it is closed' }),
      })),
      {
        id: noBilling,
        label: 'nobody yet',
        columns: ['a billing account can be linked later'],
        pinned: true,
      },
    ],
  });
  return answer.kind === 'chosen' ? answer.id : undefined;
}

/** The billing accounts that the person may see, or why there are none to show. Begun before they are asked for. */
async function openAccounts(cloud: Cloud): Promise<readonly BillingAccount[] | Note> {
  try {
    return await cloud.billing.accounts();
  } catch (error) {
    const { what } = cloudProblem(error, { project: 'billing', doing: 'list billing accounts' });
    return { tone: 'attention', text: `${what}.` };
  }
}
