import type { ChoiceQuestion, Note, Option } from '../../../wizard/question.ts';
import { logins, withoutGcloud } from './gcloud-login.ts';
import type { Surroundings } from './look-around.ts';
import { onlyForGoogle } from './sighting.ts';
import type { Sighting } from './source.ts';

/** What the question is asked with, besides what was found. */
export interface Asking {
  endpoint: string | undefined;
  canGoBack: boolean;
  /** Whether the embedded cloud is offered. */
  trial: boolean;
  /** What just happened. */
  notes: readonly Note[];
  /** What the person comes from: the beginning of the ID of what they would now choose. */
  prefer?: string;
  /** The sources are all there is: nothing was looked for, and nothing else is offered. */
  fixed: boolean;
}

/** Who the calls are made as, asked with what is known now. */
export function signInQuestion(known: Surroundings, asking: Asking): ChoiceQuestion {
  const { endpoint, canGoBack, fixed, trial } = asking;
  const whom = endpoint === undefined ? 'Google Cloud' : fixed ? 'this cloud' : endpoint;
  const initial = focus(known, asking);
  return {
    kind: 'choice',
    id: 'sign-in',
    at: 'sign-in',
    title: 'Who are you to Google Cloud?',
    why: `Every call to ${whom} is made as somebody who may look into the project, and change it. Nothing is changed before you have seen the plan.`,
    flag: '--credentials',
    canGoBack,
    noun: 'way to sign in',
    filter: false,
    loading: known.looking,
    options: [...known.sightings.map(optionOf), ...(fixed ? [] : otherWays(known, endpoint, trial))],
    notes: [...asking.notes, ...(fixed ? [] : findings(known))],
    ...(initial === undefined ? {} : { initial }),
  };
}

function optionOf(sighting: Sighting): Option {
  const { id, label, columns, detail } = sighting;
  return {
    id,
    label,
    ...(columns && { columns }),
    ...(detail !== undefined && { detail }),
    ...('unavailable' in sighting && { unavailable: sighting.unavailable }),
  };
}

/** What makes a way to sign in, and what does without one. */
function otherWays({ gcloudMissing }: Surroundings, endpoint: string | undefined, trial: boolean): Option[] {
  const noGcloud = gcloudMissing === true ? 'gcloud is not installed' : undefined;
  const notThere = endpoint === undefined ? undefined : onlyForGoogle(endpoint);
  const command = (login: keyof typeof logins): string[] => [`gcloud ${logins[login].join(' ')}`];
  const hindrance = (why: string | undefined) => (why === undefined ? {} : { unavailable: why });
  return [
    {
      id: 'gcloud-login',
      label: 'sign in with gcloud',
      columns: command('gcloud-login'),
      detail: "Opens Google's sign-in page in a browser, or gives a link to it. gcloud keeps the login.",
      pinned: true,
      ...hindrance(noGcloud),
    },
    {
      id: 'adc-login',
      label: 'make application default credentials',
      columns: command('adc-login'),
      detail: 'Signs in once for all programs on this machine that talk to Google Cloud.',
      pinned: true,
      ...hindrance(noGcloud ?? notThere),
    },
    {
      id: 'file',
      label: 'type the path of a credentials file',
      detail: 'A service account key, or a file with an access token.',
      pinned: true,
    },
    ...(endpoint === undefined && trial ? [embedded] : []),
  ];
}

const embedded: Option = {
  id: 'embedded',
  label: 'try everything on the embedded cloud first',
  columns: ['no account needed'],
  detail:
    'A Google Cloud that runs on this machine alone: nothing is sent anywhere, and it is gone at the end.',
  pinned: true,
};

function findings({ sightings, gcloudMissing, looking }: Surroundings): Note[] {
  const nothing = !looking && !sightings.some(canBeChosen);
  return [
    ...(nothing ? [note('Nothing to sign in with was found on this machine.')] : []),
    ...(gcloudMissing === true ? [note(withoutGcloud)] : []),
  ];
}

function note(text: string): Note {
  return { tone: 'note', text };
}

/** The first that can be chosen has the focus by itself; with nothing to sign in with, trying has it. */
function focus({ sightings, gcloudMissing, looking }: Surroundings, asking: Asking): string | undefined {
  const possible = sightings.filter(canBeChosen);
  const preferred = possible.find(({ id }) => asking.prefer !== undefined && id.startsWith(asking.prefer));
  const first = preferred ?? possible[0];
  if (first !== undefined) return first.id;
  const stuck =
    !looking && gcloudMissing === true && !asking.fixed && asking.endpoint === undefined && asking.trial;
  return stuck ? embedded.id : undefined;
}

/** Whether a person can choose it. */
export function canBeChosen(sighting: Sighting): boolean {
  return 'choice' in sighting;
}
