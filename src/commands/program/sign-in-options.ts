import { Option, type Command } from 'commander';

/** Where the cloud is, and whose credentials are taken to it. */
export function signInOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--endpoint <url>', 'one base URL for every Google API, such as a simulator').env(
        'IAMREADY_ENDPOINT',
      ),
    )
    .option('--credentials <file>', 'sign in with a credentials file')
    .addOption(
      new Option('--access-token-file <file>', 'sign in with the access token in a file').env(
        'IAMREADY_ACCESS_TOKEN_FILE',
      ),
    )
    .option('--account <email>', "sign in as one of gcloud's accounts")
    .option('--impersonate-service-account <email>', 'act as this service account, on top of the above');
}
