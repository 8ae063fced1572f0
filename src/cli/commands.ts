import { callCommand } from './call/command';
import { configCommands } from './config/command';
import { emulatorCommand } from './emulator/command';
import { ingestCommand } from './ingest/command';
import { generateCommand } from './generate/command';
import { loginCommand, logoutCommand, whoamiCommand } from './login/command';
import { portCommand } from './port/command';
import { predictCommand } from './predict/command';
import { searchCommand } from './search/command';
import { workflowCommands } from './workflow/command';
import type { Command, CommandGroup } from './shell/command';

/** All there is, in the order of the help. */
export const commands: readonly (Command | CommandGroup)[] = [
  loginCommand,
  logoutCommand,
  whoamiCommand,
  configCommands,
  predictCommand,
  workflowCommands,
  generateCommand,
  searchCommand,
  callCommand,
  ingestCommand,
  emulatorCommand,
  portCommand,
];
