import { appsCommands } from './apps/command';
import { callCommand } from './call/command';
import { completeCommand, completionCommand } from './completion/command';
import { conceptsCommands } from './concepts/command';
import { configCommands } from './config/command';
import { datasetCommands } from './dataset/command';
import { emulatorCommand } from './emulator/command';
import { generateCommand } from './generate/command';
import { ingestCommand } from './ingest/command';
import { inputsCommands } from './inputs/command';
import { loginCommand, logoutCommand, whoamiCommand } from './login/command';
import { modelsCommands } from './models/command';
import { portCommand } from './port/command';
import { predictCommand } from './predict/command';
import { searchCommand } from './search/command';
import { workflowCommands } from './workflow/command';
import { workflowsCommands } from './workflows/command';
import type { Command, CommandGroup } from './shell/command';

/** In the order of the help. */
const listed: readonly (Command | CommandGroup)[] = [
  loginCommand,
  logoutCommand,
  whoamiCommand,
  configCommands,
  predictCommand,
  workflowCommands,
  generateCommand,
  searchCommand,
  callCommand,
  inputsCommands,
  ingestCommand,
  datasetCommands,
  modelsCommands,
  workflowsCommands,
  appsCommands,
  conceptsCommands,
  emulatorCommand,
  portCommand,
  completionCommand,
];

/** All there is. */
export const commands: readonly (Command | CommandGroup)[] = [...listed, completeCommand(listed)];
