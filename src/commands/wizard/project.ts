import type { Cloud } from '../../google/cloud.ts';
import { CredentialsError } from '../../google/credentials.ts';
import { isCloudError } from '../../google/errors.ts';
import type { Project } from '../../google/projects.ts';
import type { Profile } from '../../profile/profile.ts';
import { cloudProblem } from '../../steps/cloud-problem.ts';
import type { ChoiceQuestion, Note, Option } from '../../wizard/question.ts';
import { isProjectId, projectIdRemedy } from '../name-rules.ts';
import { createProject } from './create-project.ts';
import type { Ending, Talk } from './talk.ts';

const typeAnId = 'type an ID';
const create = 'create a project';

interface Where {
  cloud: Cloud;
  profile: Profile;
  /** From the flags: then nothing is asked. */
  named: string | undefined;
  canGoBack: boolean;
}

/**
 * Asks for the project. The list grows while it is read; a project that is not in it can be typed, or created.
 * Gives its ID.
 */
export async function chooseProject(talk: Talk, where: Where): Promise<Ending<string>> {
  if (where.named !== undefined) return { kind: 'done', value: where.named };
  const list = readProjects(talk, where);
  try {
    for (;;) {
      const answer = await talk.ask(list.question());
      if (answer.kind === 'back') return { kind: 'back' };
      if (answer.kind !== 'chosen') continue;
      const chosen = await follow(answer.id, talk, where, list);
      if (chosen === undefined) continue;
      if (typeof chosen === 'string') return { kind: 'done', value: chosen };
      list.note(chosen);
    }
  } finally {
    list.stop();
  }
}

/** Where a choice leads: to a project's ID, back to the list with a note, or back to it as it was. */
async function follow(
  id: string,
  talk: Talk,
  { cloud, profile }: Where,
  { projects, add }: Pick<ReturnType<typeof readProjects>, 'projects' | 'add'>,
): Promise<string | Note | undefined> {
  if (id === typeAnId) return typed(talk, cloud);
  if (id === create) return createProject(talk, { cloud, profile, projects, created: add });
  return id;
}

async function typed(talk: Talk, cloud: Cloud): Promise<string | undefined> {
  const answer = await talk.ask({
    kind: 'text',
    id: 'project-id',
    at: 'project',
    title: 'Which project?',
    why: 'Its ID, not its name: the ID is in the address of the Google Cloud console, after "project=".',
    flag: '--project',
    canGoBack: true,
    noun: 'project ID',
    value: '',
    check: (text) => (isProjectId(text) ? undefined : projectIdRemedy),
    async confirm(text) {
      try {
        const found = await cloud.projects.get(text);
        if (found?.state === 'DELETE_REQUESTED') return `${text} is being deleted; take another`;
        return found === undefined ? notThere(text) : undefined;
      } catch (error) {
        if (isCloudError(error, 'denied', 'not-found')) return notThere(text);
        // Nothing is known of it then, and that is what the person is told.
        throw error;
      }
    },
  });
  return answer.kind === 'typed' ? answer.text : undefined;
}

function notThere(id: string): string {
  return `there is no project ${id}, or you may not see it; check the spelling, or ask its owner`;
}

/** The list, which goes on being read while the question is open, and while others are asked in between. */
function readProjects({ conversation }: Talk, { cloud, canGoBack }: Where) {
  const projects: Project[] = [];
  let loading = true;
  const reading = new AbortController();
  let drawing = false;
  let trouble: Note | undefined;
  let said: Note | undefined;

  const question = (): ChoiceQuestion => ({
    kind: 'choice',
    id: 'project',
    at: 'project',
    title: 'In which project?',
    why: 'Everything is made in this one project. It is looked at first, and nothing is written before you have seen the plan.',
    flag: '--project',
    canGoBack,
    noun: 'project',
    filter: true,
    loading,
    notes: [said, trouble, onlyOne()].filter((note) => note !== undefined),
    options: [
      ...projects.map(optionOf),
      {
        id: typeAnId,
        label: typeAnId,
        columns: ['a project that is not listed'],
        pinned: true,
      },
      {
        id: create,
        label: create,
        columns: ['a new one, for this alone'],
        pinned: true,
      },
    ],
  });
  const onlyOne = (): Note | undefined =>
    !loading && trouble === undefined && projects.length === 1
      ? { tone: 'note', text: 'You can see one project.' }
      : undefined;
  // Once a turn of the event loop is often enough for 500 projects that come in one answer.
  const draw = (): void => {
    if (drawing) return;
    drawing = true;
    setImmediate(() => {
      drawing = false;
      if (!reading.signal.aborted) conversation.update(question());
    });
  };

  void (async () => {
    try {
      for await (const project of cloud.projects.search()) {
        if (reading.signal.aborted) return;
        projects.push(project);
        draw();
      }
      if (projects.length === 0)
        trouble = {
          tone: 'attention',
          text: 'You can see no project. Type the ID of one that you may use, or create one.',
        };
    } catch (error) {
      const { what } = cloudProblem(error, { project: 'your projects', doing: 'list your projects' });
      const refused =
        error instanceof CredentialsError || isCloudError(error, 'unauthenticated', 'invalid-grant');
      const next = refused ? 'Go back and sign in again.' : 'Type the ID instead.';
      trouble = { tone: 'attention', text: `${what}. ${next}` };
    }
    loading = false;
    draw();
  })();

  return {
    projects,
    question,
    add: (project: Project): void => void projects.unshift(project),
    note: (note: Note): void => void (said = note),
    stop: () => reading.abort(),
  };
}

function optionOf({ projectId, name, number, state }: Project): Option {
  return {
    id: projectId,
    label: projectId,
    columns: [name, number],
    ...(state !== 'ACTIVE' && { unavailable: 'it is being deleted' }),
  };
}
