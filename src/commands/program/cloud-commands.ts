import { Argument, Option, type Command } from 'commander';
import type { DemoFlags } from '../demo.ts';
import { storyNames, type StoryName } from '../demo/story-names.ts';
import type { SimulateFlags } from '../simulate.ts';
import { after, type Start } from './after.ts';
import { number, wholeNumber } from './numbers.ts';

/** The commands about the embedded cloud. */
export function addCloudCommands(iamready: Command, start: Start): void {
  const demo = iamready
    .command('demo')
    .description('the wizard on an embedded cloud: no account, no network, nothing stays')
    .addArgument(
      new Argument('[story]', 'first: from nothing; repair: what drifted; blocked: what may stand in the way')
        .choices(storyNames)
        .default('first'),
    )
    .option('--auto', 'play by itself; any key takes over')
    .option('--speed <n>', 'how much faster it plays by itself', number(0.1, 100), 1)
    .option('--plain', 'ask one question after another, in lines')
    .option('--json', 'print events, one JSON object a line')
    .addOption(
      new Option('--record <file>', 'record it as an asciicast, which asciinema plays').conflicts('json'),
    )
    .addOption(new Option('--svg <file>', 'draw it as a picture that plays, for a README').conflicts('json'))
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action((story: StoryName, flags: DemoFlags) =>
      start(async (signal) => (await import('../demo.ts')).demo(story, flags, signal)),
    );
  after(
    demo,
    'iamready demo',
    'iamready demo blocked',
    'iamready demo repair --auto --speed=2',
    'iamready demo --record=demo.cast --svg=demo.svg < /dev/null',
  );

  const simulate = iamready
    .command('simulate')
    .description('run the embedded Google Cloud on this machine, until it is interrupted')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--world <world>', 'the world to begin with: default, repair, blocked, or a YAML file')
    .option('--latency <ms>', 'time that every answer takes', wholeNumber(0, 60_000), 0)
    .addOption(
      new Option('--lag <how>', 'how far replicas lag behind')
        .choices(['none', 'typical', 'rough'])
        .default('none'),
    )
    .option('--clock-speed <n>', 'how much faster its clock runs', number(0.001, 1_000_000), 1)
    .option('--seed <n>', 'seed of everything random in it', wholeNumber(0, 2 ** 31), 1)
    .addOption(new Option('--quota <how>', 'whether quotas hold').choices(['on', 'off']).default('on'))
    .option('--print-env', 'print the exports that point gcloud at it, instead of the JSON line')
    .option('--json', 'tell failures as JSON, too')
    .option('--debug', 'on a failure, print where it came from')
    .action((flags: SimulateFlags) =>
      start(async (signal) => (await import('../simulate.ts')).simulate(flags, signal)),
    );
  after(
    simulate,
    'iamready simulate --port=8080',
    'iamready simulate --world=./world.yaml --lag=typical --clock-speed=60',
    'iamready simulate --print-env > cloud.env &   then: . ./cloud.env',
  );
}
