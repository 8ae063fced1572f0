import { inputArguments } from '../predict/input-options';
import type { CommandGroup, OptionSpec } from '../shell/command';
import { limitOption } from '../shell/limit';
import { connectionOptions } from '../shell/shared-options';

/** Which of the app's inputs are meant. */
const filterOptions: readonly OptionSpec[] = [
  { flags: '--dataset <id>', summary: 'those of one dataset' },
  { flags: '--kind <kind>', summary: 'those that hold this', choices: ['image', 'video', 'audio', 'text'] },
  limitOption,
];

export const inputsCommands: CommandGroup = {
  name: 'inputs',
  summary: 'inputs of the app: add, list, get, delete and download them',
  commands: [
    {
      name: 'add',
      summary: 'add files, folders, URLs, texts, or inputs that come as JSON Lines through stdin (-)',
      arguments: inputArguments,
      options: [
        { flags: '--text <text>', summary: 'a text to add; may be given several times', repeats: true },
        { flags: '--id <id>', summary: 'id of the one input that is added (default: made from its content)' },
        { flags: '--concept <id>', summary: 'concept that they have; may be given several times', repeats: true },
        {
          flags: '--not-concept <id>',
          summary: 'concept that they have not; may be given several times',
          repeats: true,
        },
        { flags: '--metadata <json>', summary: 'an object in JSON, to be searched for' },
        { flags: '--geo <latitude,longitude>', summary: 'where they were made, in degrees' },
        { flags: '--dataset <id>', summary: 'dataset that they join; may be given several times', repeats: true },
        ...connectionOptions,
      ],
      examples: [
        'clarifai-grpc inputs add photo.jpg --id photo-1 --concept train --geo 41.1,-73.5',
        `clarifai-grpc inputs add https://samples.clarifai.com/metro-north.jpg --metadata '{"shelf": 3}'`,
      ],
      load: async () => (await import('./add')).addInputs,
    },
    {
      name: 'list',
      summary: 'list inputs; with --json a line of JSON each',
      arguments: [],
      options: [...filterOptions, ...connectionOptions],
      load: async () => (await import('./list')).listInputs,
    },
    {
      name: 'get',
      summary: 'show an input',
      arguments: ['<id>'],
      options: connectionOptions,
      load: async () => (await import('./get')).getInput,
    },
    {
      name: 'delete',
      summary: 'delete inputs with their annotations; there is no way back',
      arguments: ['[id...]'],
      options: [
        { flags: '--all <app-id>', summary: 'in place of ids: all inputs of the app, whose id is to be given' },
        ...connectionOptions,
      ],
      examples: ['clarifai-grpc inputs delete photo-1 photo-2', 'clarifai-grpc inputs delete --all my-app'],
      load: async () => (await import('./delete')).deleteInputs,
    },
    {
      name: 'download',
      summary: 'write the media of inputs into a folder; what is there already is left as it is',
      arguments: ['<folder>', '[id...]'],
      options: [
        ...filterOptions,
        { flags: '--size <size>', summary: 'of pictures', choices: ['orig', 'large', 'small', 'tiny'] },
        { flags: '--concurrency <n>', summary: 'downloads at once (default: 8)' },
        ...connectionOptions,
      ],
      load: async () => (await import('./download')).downloadInputs,
    },
  ],
};
