import type { Command } from '../shell/command';
import { connectionOptions } from '../shell/shared-options';

export const callCommand: Command = {
  name: 'call',
  summary: 'call any RPC with JSON in and out; user and app are filled in',
  arguments: ['[rpc]', '[json]'],
  options: [
    { flags: '--list', summary: 'print the RPCs with what they take and answer, and call none' },
    ...connectionOptions,
  ],
  examples: [
    'clarifai-grpc call ListInputs \'{"perPage": 3}\'',
    'clarifai-grpc call PostInputs @request.json',
    'clarifai-grpc call StreamModelOutputs - < requests.jsonl   # a line a request, for RPCs that take a stream',
    'clarifai-grpc call --list | grep Stream',
  ],
  argumentChoices: async (index) =>
    index === 0 ? (await import('../../python/index')).describeRpcs().map(({ name }) => name) : [],
  load: async () => (await import('./call')).call,
};
