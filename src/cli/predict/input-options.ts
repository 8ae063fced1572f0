import type { OptionSpec } from '../shell/command';

/** What is asked about. */
export const inputArguments: readonly string[] = ['[input...]'];

export const inputOptions: readonly OptionSpec[] = [
  { flags: '--text <text>', summary: 'a text to ask about, after the other inputs', repeats: true },
  { flags: '--concurrency <n>', summary: 'requests in flight (default: 4)' },
];

/** What an answer is to hold. */
export const outputConfigOptions: readonly OptionSpec[] = [
  { flags: '--max-concepts <n>', summary: 'concepts an input, at most 200 (default: 20)' },
  { flags: '--min-value <value>', summary: 'least value of a concept, from 0 to 1' },
  { flags: '--select-concept <name>', summary: 'ask about this concept alone', repeats: true },
  { flags: '--language <code>', summary: "language of the concepts' names, such as de" },
  { flags: '--sample-ms <ms>', summary: 'time between the frames of a video that are looked at (default: 1000)' },
];

/** Pictures of what was answered. */
export const viewOptions: readonly OptionSpec[] = [
  { flags: '--show', summary: 'draw pictures in the terminal, with the regions that were found' },
  { flags: '--html <file>', summary: 'write a page with the pictures, regions, concepts and colours' },
];
