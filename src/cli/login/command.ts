import type { Command } from '../shell/command';
import { configOptions, connectionOptions, outputOptions } from '../shell/shared-options';

export const loginCommand: Command = {
  name: 'login',
  summary: 'check a personal access token, and keep it in a context',
  arguments: [],
  options: [
    { flags: '--name <name>', summary: "of the context (default: the user's id)" },
    { flags: '--no-verify', summary: 'keep the token without asking the service about it' },
    ...connectionOptions.filter(({ flags }) => !flags.startsWith('--context')),
  ],
  examples: [
    'clarifai-grpc login',
    'clarifai-grpc login < pat.txt',
    'clarifai-grpc login --name staging --base https://clarifai.example.com --app-id photos',
  ],
  load: async () => (await import('./login')).login,
};

export const logoutCommand: Command = {
  name: 'logout',
  summary: 'forget the credential of a context',
  arguments: ['[name]'],
  options: [{ flags: '--all', summary: 'forget those of all contexts' }, ...configOptions, ...outputOptions],
  argumentChoices: async (index, terminal) =>
    index === 0 ? (await import('../config/context-names')).contextNames(terminal) : [],
  load: async () => (await import('./logout')).logout,
};

export const whoamiCommand: Command = {
  name: 'whoami',
  summary: 'say who the credential belongs to, and where it comes from',
  arguments: [],
  options: connectionOptions,
  load: async () => (await import('./whoami')).whoami,
};
