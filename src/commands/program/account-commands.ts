import { InvalidArgumentError, Option, type Command } from 'commander';
import type { NewFlags } from '../profile/new.ts';
import type { ProfileFlags } from '../profile/from-address.ts';
import { after, type Start } from './after.ts';
import type { TestFlags } from '../test-permissions.ts';

/** The commands about an account's own permissions and about profiles of one's own. */
export function addAccountCommands(iamready: Command, start: Start): void {
  addPermissions(iamready, start);
  addTestPermissions(iamready, start);
  const profile = iamready
    .command('profile')
    .description('profiles of your own: write a new one, or check one');
  addNew(profile, start);
  const check = profile
    .command('check')
    .description('tell everything that is wrong in a profile, with line and remedy; exit 64 if anything is')
    .argument('<file>', 'the YAML file of the profile')
    .option('--json', 'print one JSON object a line')
    .option('--debug', 'on a failure, print where it came from')
    .action((file: string, flags: { json?: boolean }) =>
      start(async () => (await import('../profile/check.ts')).check(file, flags, process.stdout)),
    );
  after(check, 'iamready profile check ./team.yaml', 'iamready profile check ./team.yaml --json');
  after(profile, 'iamready profile new', 'iamready profile check ./team.yaml');
}

function addPermissions(iamready: Command, start: Start): void {
  const permissions = iamready
    .command('permissions')
    .description('print every permission that a profile asks for, and why')
    .option('--profile <name>', 'a built-in profile, or a path to a YAML file')
    .option('--json', 'print one JSON object a line')
    .addOption(new Option('--yaml', 'print them as YAML').conflicts(['json', 'roleFile']))
    .addOption(
      new Option('--role-file', 'print the role as gcloud iam roles create --file takes it').conflicts(
        'json',
      ),
    )
    .option('--debug', 'on a failure, print where it came from')
    .action((flags: { profile?: string; json?: boolean; yaml?: boolean; roleFile?: boolean }) =>
      start(async (signal) => {
        const { permissions } = await import('../permissions.ts');
        const { json = false, yaml, roleFile } = flags;
        // Whoever asks only to see it need not confirm it.
        const { profile } = await localProfile(flags, signal, () => Promise.resolve(true));
        const form = roleFile ? 'role-file' : yaml ? 'yaml' : json ? 'json' : 'text';
        await permissions({ profile, form, out: process.stdout, columns: process.stdout.columns });
        return 'done';
      }),
    );
  after(
    permissions,
    'iamready permissions --profile=remotion-cloudrun',
    'iamready permissions --profile=./team.yaml --json',
    'iamready permissions --profile=./team.yaml --role-file > role.yaml',
  );
}

function addTestPermissions(iamready: Command, start: Start): void {
  const test = withCredentials(iamready.command('test-permissions'))
    .description('sign in as the account and ask Google for each permission; exit 5 if one is missing')
    .option('--profile <name>', 'whose permissions: a built-in profile, a YAML file, or its https:// address')
    .option('--profile-sha256 <hash>', 'of a profile at an address: the text that you have looked at')
    .option('--permissions <names>', 'these alone, with commas between them')
    .option('--key-file <file>', 'the key of the account')
    .option('--env <file>', 'an env file with the variables that the profile names, read as dotenv does')
    .addOption(new Option('--env-file <file>').hideHelp().argParser(notOurs))
    .addOption(new Option('--env-format <format>', 'for whom the env file is').choices(['dotenv', 'docker']))
    .option('--json', 'print one JSON object a line')
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action(({ env: envFile, ...flags }: TestFlags & { env?: string }) =>
      start(async (signal) => {
        const { testPermissions } = await import('../test-permissions.ts');
        const given = await localProfile({ ...flags, envFile }, signal);
        return testPermissions(given, { out: process.stdout, env: process.env }, signal);
      }),
    );
  after(
    test,
    'iamready test-permissions --profile=remotion-cloudrun --env=.env',
    'iamready test-permissions --profile=remotion-cloudrun --key-file=key.json',
    'iamready test-permissions --permissions=run.services.get,run.services.list',
    'iamready test-permissions --profile=./team.yaml --project=my-project --json',
  );
}

function addNew(profile: Command, start: Start): void {
  const made = withCredentials(profile.command('new'))
    .description('write a profile: asks for what no flag says, and overwrites nothing')
    .argument('[file]', 'where it goes; ./NAME.yaml where nothing is said')
    .option('--name <name>', 'its name: lower-case letters, digits and dashes')
    .option('--title <text>', 'what people read')
    .option('--summary <text>', 'what the account does, in a sentence')
    .option('--permissions <names>', 'permissions to begin with, with commas between them')
    .option('--from-role <role>', 'begin with the permissions of a role: roles/run.viewer')
    .option('--from-account <email>', 'begin with what an account has in the project')
    .option('--from-methods <names>', 'begin with what API methods need, with commas between them')
    .option('--plain', 'ask one question after another, in lines; for screen readers and simple terminals')
    .option('--yes', 'ask nothing: take names and reasons from what it begins with')
    .option('--debug', 'on a failure, print where it came from')
    .action((file: string | undefined, flags: NewFlags) =>
      start(async (signal) => (await import('../profile/new.ts')).newProfile(file, flags, signal)),
    );
  after(
    made,
    'iamready profile new',
    'iamready profile new ./team.yaml --from-role=roles/run.viewer',
    'iamready profile new --from-account=EMAIL --project=my-project',
    'iamready profile new --name=team-lister --permissions=run.services.list --yes',
  );
}

/** Where and as whom Google is asked. */
function withCredentials(command: Command): Command {
  return command
    .addOption(new Option('--project <id>', 'the project').env('IAMREADY_PROJECT'))
    .option('--credentials <file>', "any credentials file of Google's")
    .option('--access-token-file <file>', 'sign in with the access token in a file')
    .option('--account <email>', "sign in as one of gcloud's accounts")
    .option('--impersonate-service-account <email>', 'act as this service account, on top of the above')
    .addOption(
      new Option('--endpoint <url>', 'one base URL for every Google API, such as a simulator').env(
        'IAMREADY_ENDPOINT',
      ),
    );
}

/** The flags, with a profile from an address in a file of this machine, once somebody has confirmed it. */
export async function localProfile<T extends ProfileFlags>(
  flags: T,
  signal: AbortSignal,
  confirm?: (question: string) => Promise<boolean>,
): Promise<T> {
  const { profile = '', profileSha256 } = flags;
  if (!profile.includes('://') && profileSha256 === undefined) return flags;
  const { onlookerHere, withLocalProfile } = await import('../profile/from-address.ts');
  return withLocalProfile(flags, { ...onlookerHere(flags, signal), ...(confirm && { confirm }) }, signal);
}

/** Node looks for it among the arguments of any program, and ends at once where no such file is there (Node 20 to 26). */
export function notOurs(): never {
  throw new InvalidArgumentError('Node takes this option for its own: write --env=FILE.');
}
