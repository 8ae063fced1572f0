import { emulatorCommand } from './emulator/command';
import { portCommand } from './port/command';
import type { Command, CommandGroup } from './shell/command';

/** All there is, in the order of the help. */
export const commands: readonly (Command | CommandGroup)[] = [emulatorCommand, portCommand];
