import type { Command } from '../shell/command';
import { connectionOptions } from '../shell/shared-options';

export const generateCommand: Command = {
  name: 'generate',
  summary: 'print what a model says, as it comes',
  arguments: ['<model>', '[prompt]'],
  options: [
    { flags: '--model-version <id>', summary: 'version of the model (default: the latest)' },
    { flags: '--params <json>', summary: "the model's own parameters, as in '{\"temperature\": 0.2}'" },
    { flags: '--method <name>', summary: 'method of the model to call, with --args instead of a prompt' },
    { flags: '--args <json>', summary: 'its arguments by name, as in \'{"prompt": "hello"}\'' },
    { flags: '--deployment <id>', summary: 'deployment of yours that the model is to run on' },
    ...connectionOptions,
  ],
  examples: [
    'clarifai-grpc generate https://clarifai.com/openai/chat-completion/models/gpt-4o "Tell me of trains."',
    'clarifai-grpc generate my-model - < question.txt',
    'clarifai-grpc generate my-model --method generate --args \'{"prompt": "Tell me of trains."}\'',
  ],
  load: async () => (await import('./generate')).generate,
};
