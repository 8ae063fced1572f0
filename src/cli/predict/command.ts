import type { Command } from '../shell/command';
import { connectionOptions } from '../shell/shared-options';
import { inputArguments, inputOptions, outputConfigOptions, viewOptions } from './input-options';

export const predictCommand: Command = {
  name: 'predict',
  summary: 'ask a model about files, folders, URLs or texts',
  arguments: ['<model>', ...inputArguments],
  options: [
    ...inputOptions,
    { flags: '--model-version <id>', summary: 'version of the model (default: the latest)' },
    ...outputConfigOptions,
    { flags: '--params <json>', summary: "the model's own parameters, as in '{\"temperature\": 0.2}'" },
    { flags: '--deployment <id>', summary: 'deployment of yours that the model is to run on' },
    ...viewOptions,
    ...connectionOptions,
  ],
  examples: [
    'clarifai-grpc predict https://clarifai.com/clarifai/main/models/general-image-recognition photo.jpg',
    'clarifai-grpc predict my-model photos/ --max-concepts 3 --json > outcomes.jsonl',
    'clarifai-grpc predict my-detector photos/ --show --html report.html',
    'clarifai-grpc predict my-text-model --text "what a day" --text "never again"',
    'curl -s https://example.com/photo.jpg | clarifai-grpc predict my-model -',
  ],
  load: async () => (await import('./predict')).predict,
};
