import type { Change } from '../../../src/wizard/step.ts';
import { permissions } from './cards.ts';

// What the steps found in the simulator's world and in worlds that drifted, as `setup --dry-run --json` tells it.

export const email = 'remotion-sa@acme-video.iam.gserviceaccount.com';
const asked = 'asked by the profile';

export const change = (given: Partial<Change> & Pick<Change, 'sign' | 'what' | 'name'>): Change => ({
  why: 'it is needed',
  source: asked,
  requires: [],
  ...given,
});

export const services: Change[] = [
  ['run.googleapis.com', 'Renders run on Cloud Run.'] as const,
  ['iam.googleapis.com', 'The role, the account and its key are made through it.'] as const,
].map(([name, why]) =>
  change({
    ...{ sign: '+', what: 'service', name, from: 'off', why },
    gcloud: `gcloud services enable ${name} --project=acme-video`,
  }),
);

export const newRole = change({
  ...{ sign: '+', what: 'role', name: 'RemotionSA' },
  from: 'not seen while the IAM API is off',
  to: '"Remotion API Service Account", 15 permissions',
  why: 'the account gets these permissions and no others',
  gcloud: `gcloud iam roles create RemotionSA --project=acme-video '--title=Remotion API Service Account' --stage=GA --permissions=${permissions.map(({ name }) => name).join(',')}`,
});

export const newAccount = change({
  ...{ sign: '+', what: 'account', name: email, to: '"Remotion Service Account"' },
  why: 'a program signs in as an account of its own, never as a person',
  gcloud: `gcloud iam service-accounts create remotion-sa --project=acme-video '--display-name=Remotion Service Account'`,
});

export const newGrant = change({
  ...{ sign: '+', what: 'grant', name: 'RemotionSA', from: 'not granted' },
  to: `granted to ${email} on the project`,
  why: 'a role has no effect until it is granted',
  gcloud: `gcloud projects add-iam-policy-binding acme-video --member=serviceAccount:${email} --role=projects/acme-video/roles/RemotionSA --condition=None`,
});

export const newKey = change({
  ...{ sign: '+', what: 'key', name: '~/.config/iamready/keys/acme-video/remotion-sa.json' },
  from: 'no key file',
  to: `a new key of ${email}, only you can read it`,
  source: 'you gave --key-file',
  gcloud: `gcloud iam service-accounts keys create remotion-sa.json --iam-account=${email} --project=acme-video`,
});

export const trial = change({
  ...{ sign: '~', what: 'validate', name: email, from: 'not signed in yet: no key' },
  why: 'the account itself shows that it has all 15 permissions',
});

export const lostPermissions: Change[] = permissions.slice(5, 8).map(({ name, why }) =>
  change({
    ...{ sign: '~', what: 'role', name: 'RemotionSA', from: `lacks ${name}`, why },
    gcloud: `gcloud iam roles update RemotionSA --project=acme-video --add-permissions=${name}`,
  }),
);

export const disabledAccount = change({
  ...{ sign: '~', what: 'account', name: email, from: 'disabled', to: 'enabled' },
  why: 'a disabled account cannot sign in',
  gcloud: `gcloud iam service-accounts enable ${email} --project=acme-video`,
});

export const rotated: Change[] = [
  change({
    ...{ sign: '~', what: 'key', name: newKey.name, from: 'key 2aef069338d9d10fd4641d9b22806ae03965dd6d' },
    to: `a new key of ${email}, only you can read it`,
    why: 'whoever has a copy of the old key can use it no longer than that key lives',
    source: 'you asked for a new key',
    gcloud: `gcloud iam service-accounts keys create remotion-sa.json --iam-account=${email} --project=acme-video`,
  }),
  change({
    ...{ sign: '~', what: 'env', name: '/home/ada/render/.env', from: 'holds the key as it is now' },
    to: `the new key of ${email} in REMOTION_GCP_PRIVATE_KEY and REMOTION_GCP_PROJECT_ID`,
    why: 'your program reads them there',
    source: 'you gave --env',
  }),
  change({
    ...{ sign: '~', what: 'key', name: '2aef069338d9d10fd4641d9b22806ae03965dd6d' },
    ...{ from: 'in use', to: 'disabled; deleted in 24 h', source: 'the usual grace' },
    why: 'whatever still signs in with it shows, and can be helped: it can be enabled again until then',
    gcloud: `gcloud iam service-accounts keys disable 2aef069338d9d10fd4641d9b22806ae03965dd6d --iam-account=${email} --project=acme-video`,
  }),
];
