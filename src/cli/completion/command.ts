import type { Command, CommandGroup } from '../shell/command';

const shells = ['bash', 'zsh', 'fish'];

export const completionCommand: Command = {
  name: 'completion',
  summary: 'print a script that completes commands in the shell',
  arguments: ['<shell>'],
  options: [],
  examples: [
    "echo 'source <(clarifai-grpc completion bash)' >> ~/.bashrc",
    "echo 'source <(clarifai-grpc completion zsh)' >> ~/.zshrc",
    'clarifai-grpc completion fish > ~/.config/fish/completions/clarifai-grpc.fish',
  ],
  argumentChoices: async () => shells,
  load: async () => (await import('./completion')).completion,
};

/** What the scripts ask. @param listing all commands to complete */
export function completeCommand(listing: readonly (Command | CommandGroup)[]): Command {
  return {
    name: 'complete',
    summary: 'print what the last word may become',
    arguments: ['[word...]'],
    options: [],
    isHidden: true,
    load: async () => (await import('./complete')).completeFrom(listing),
  };
}
