import type { Face, Outcome, Scene } from '../../faces/face.ts';
import { openCloud, type Cloud } from '../../google/cloud.ts';
import type { Answer } from '../../steps/goal.ts';
import { openJournal } from '../../wizard/journal.ts';
import type { Errand } from '../errand.ts';
import { journalFile, stateFolder } from '../folders.ts';
import type { RunFlags } from '../run-flags.ts';
import { setupErrand } from '../setup-errand.ts';
import { unanswered } from '../usage.ts';
import { steps as usualSteps } from '../../steps/index.ts';
import { cardsOf } from './cards.ts';
import { askEarlier, earlierRuns, fits, type Earlier } from './earlier.ts';
import { chooseProfile, type ChosenProfile } from './profile.ts';
import { chooseProject } from './project.ts';
import { signIn, type Source } from './sign-in.ts';
import { work, type Progress } from './work.ts';
import type { Talk } from './talk.ts';

/** What the wizard begins with. */
export interface Start {
  /** What it is all for; to make an account ready, where it is not named. */
  errand?: Errand;
  flags: RunFlags;
  /** Set where the cloud at the other end is not Google's. */
  endpoint: string | undefined;
  /** What every screen calls such a cloud. */
  badge: string | undefined;
  env: NodeJS.ProcessEnv;
  home: string;
  cwd: string;
  /** The only ways to sign in there are; absent: they are looked for. */
  offered?: readonly Source[];
  demo: boolean;
  /** Where the key goes, if not where flags or habit say. */
  keyFile?: Answer;
  /** Where the session is told in lines, too. */
  face?: Face;
  log?: Parameters<typeof openCloud>[0]['log'];
}

/** How it ended: at an outcome, or with the wish to try everything on the embedded cloud first. */
export type Guided = { kind: 'done'; outcome: Outcome; scene: Scene } | { kind: 'embedded' };

/** What is known so far. Each stage fills in its own. */
interface Known {
  run?: Earlier | undefined;
  cloud?: Cloud;
  chosen?: ChosenProfile;
  project?: string;
}

type Stage = (canGoBack: boolean) => Promise<Guided | 'next' | 'back' | 'sign-in'>;

/**
 * Takes a person through everything: what they did before, who they are, what for, where, and then the steps. Each stage
 * can be gone back from to the one that was asked before it; a stage whose answer is a flag asks nothing.
 */
export async function guide(talk: Talk, start: Start, progress: Progress): Promise<Guided> {
  const { errand = setupErrand, flags, endpoint, badge, env } = start;
  const { conversation, signal } = talk;
  const known: Known = {};
  const face = start.face && begunOnce(start.face);
  let asked = 0;
  let signInAnew = false;
  const counting: Talk = {
    ...talk,
    ask(question, until) {
      asked++;
      conversation.busy(undefined);
      return talk.ask(question, until);
    },
  };
  const state = flags.stateDir ?? stateFolder(env);

  const earlier: Stage = async () => {
    const { project, profile } = flags;
    const { resumes } = errand;
    if (resumes ? project !== undefined && profile !== undefined : (project ?? profile) !== undefined)
      return 'next';
    const runs = (await earlierRuns(state, endpoint)).filter((run) => fits(run, flags));
    if (runs.length === 0) {
      if (resumes === undefined) return 'next';
      throw unanswered(
        `which run is it? Nothing was found${project === undefined ? '' : ` of ${project}`} in ${state}`,
        'name both: --project=ID --profile=NAME; or where the journal is: --state-dir=DIR',
      );
    }
    const ending = await askEarlier(counting, runs, new Date(), resumes);
    if (ending.kind === 'back') return 'back';
    known.run = ending.value.kind === 'again' ? ending.value.run : undefined;
    return 'next';
  };

  const who: Stage = async (canGoBack) => {
    const { home, cwd, offered } = start;
    const from = signInAnew ? unsigned(flags) : flags;
    const trial = errand.resumes === undefined;
    const options = { flags: from, endpoint, env, home, cwd, canGoBack, offered, trial };
    const ending = await signIn(counting, options);
    if (ending.kind === 'back') return 'back';
    if ('embedded' in ending.value) return { kind: 'embedded' };
    known.cloud = openCloud({ endpoint, credentials: ending.value.credentials, signal, log: start.log });
    show();
    return 'next';
  };

  const what: Stage = async (canGoBack) => {
    const { run } = known;
    const named = flags.profile ?? run?.answers['profileFile'] ?? run?.profile;
    const ending = await chooseProfile(counting, { named, canGoBack });
    if (ending.kind === 'back') return 'back';
    known.chosen = ending.value;
    const { profile } = ending.value;
    // Those of another errand are known once its journal is.
    if (errand.resumes === undefined) conversation.steps(cardsOf(usualSteps, errand.details?.(profile)));
    show();
    return 'next';
  };

  const where: Stage = async (canGoBack) => {
    const { cloud, chosen } = known;
    if (cloud === undefined || chosen === undefined) throw new Error('asked for a project too early');
    known.project = undefined;
    show();
    const named = flags.project ?? known.run?.project;
    const ending = await chooseProject(counting, { cloud, profile: chosen.profile, named, canGoBack });
    if (ending.kind === 'back') return 'back';
    known.project = ending.value;
    show();
    return 'next';
  };

  const steps: Stage = async (canGoBack) => {
    const { cloud, chosen, project } = known;
    if (cloud === undefined || chosen === undefined || project === undefined)
      throw new Error('began to work too early');
    const { profile, named } = chosen;
    const file = journalFile(state, project, profile.name, endpoint);
    const journal = await openJournal(file, { breakLock: flags.breakLock });
    try {
      const { demo, keyFile } = start;
      const job = {
        errand,
        cloud,
        profile,
        flags: { ...flags, project, profile: named },
        endpoint,
        journal,
        canGoBack,
        demo,
        keyFile,
        face,
      };
      const ending = await work(counting, job, progress);
      return ending.kind === 'done' ? ending : ending.kind;
    } finally {
      await journal.close();
    }
  };

  const show = (): void =>
    conversation.header({
      profile: known.chosen?.profile.title,
      project: known.project,
      operator: known.cloud?.principal,
      badge,
    });

  show();
  const stages = [earlier, who, what, where, steps];
  const visited: number[] = [];
  for (let at = 0; ;) {
    const before = asked;
    const ending = await stages[at]?.(visited.length > 0);
    if (ending === 'back') at = visited.pop() ?? 0;
    else if (ending === 'sign-in') {
      signInAnew = true;
      at = stages.indexOf(who);
      visited.splice(0, visited.length, ...visited.filter((stage) => stage < at));
    } else if (ending === 'next') {
      if (asked > before) visited.push(at);
      at++;
    } else if (ending !== undefined) return ending;
  }
}

/** The flags without those that say who somebody is. */
function unsigned(flags: RunFlags): RunFlags {
  return {
    ...flags,
    credentials: undefined,
    accessTokenFile: undefined,
    account: undefined,
    impersonateServiceAccount: undefined,
  };
}

/** A face that is begun once, however often the steps are taken. */
function begunOnce(face: Face): Face {
  let begun = false;
  return {
    ...face,
    begin(scene) {
      if (begun) face.changed(scene);
      else face.begin(scene);
      begun = true;
    },
  };
}
