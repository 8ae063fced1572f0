import { everything, patType, setKey } from './keys';
import { toTimestamp } from './timestamp';
import type { World } from './world';

/** A user beside the emulator's own. */
export interface UserDefinition {
  /** The user's id. */
  readonly id: string;
  /** Personal access token of the user. @default 32 random hexadecimal digits */
  readonly pat?: string | undefined;
  /** The user's e-mail address. @default none */
  readonly primaryEmail?: string | undefined;
}

/** A user who can sign in. */
export interface EmulatorUser {
  /** The user's id. */
  readonly userId: string;
  /** Personal access token of the user. */
  readonly pat: string;
}

/** Adds a user and the key that they sign in with; apps that a user of this id has stay. */
export function addUser(world: World, { id, pat, primaryEmail }: UserDefinition & { readonly pat: string }): void {
  const user = world.openUser(id);
  world.users.set(id, { ...user, message: { ...user.message, ...(primaryEmail !== undefined && { primaryEmail }) } });
  setKey(world, id, { id: pat, type: patType, createdAt: toTimestamp(world.clock.now()), ...everything });
}
