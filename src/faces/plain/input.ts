// Named here and loaded from here, so that the bundle holds this one prompt and not all of them.
export { input } from '@inquirer/prompts';
