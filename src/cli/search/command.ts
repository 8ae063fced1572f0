import type { Command } from '../shell/command';
import { connectionOptions } from '../shell/shared-options';

const rank = 'Sorted by likeness to:';
const filter = 'Hits must have, all of:';

export const searchCommand: Command = {
  name: 'search',
  summary: 'find inputs by text, picture, concept, metadata or place',
  arguments: ['[text]'],
  options: [
    { flags: '--image <file|url>', summary: 'a picture', group: rank },
    { flags: '--input <id>', summary: 'an input of the app', group: rank },
    { flags: '--concept <id>', summary: 'a concept', repeats: true, group: filter },
    { flags: '--without-concept <id>', summary: 'not this concept', repeats: true, group: filter },
    { flags: '--metadata <json>', summary: 'this in their metadata', group: filter },
    { flags: '--near <latitude,longitude,km>', summary: 'a place so far from this one at most', group: filter },
    { flags: '--kind <kind>', summary: 'a medium', choices: ['image', 'video', 'audio', 'text'], group: filter },
    { flags: '--dataset <id>', summary: 'membership in a dataset', group: filter },
    { flags: '--top-k <n>', summary: 'hits at most (default: 10); with --saved all' },
    { flags: '--min-value <value>', summary: 'least score of a hit, from 0 to 1' },
    { flags: '--count', summary: 'print how many inputs there are, and none of them' },
    { flags: '--saved <id>', summary: 'run the search that was saved by this id, without other terms' },
    ...connectionOptions,
  ],
  examples: [
    'clarifai-grpc search "a train at night"',
    'clarifai-grpc search --image photo.jpg --concept train --top-k 3',
    'clarifai-grpc search --metadata \'{"shelf": {"row": 7}}\' --near 40.75,-73.98,5 --json',
  ],
  load: async () => (await import('./search')).search,
};
