import type { Module, ModuleVersion } from '../../../generated/proto/clarifai/api/resources';
import type { Stored } from './app-state';

/** A module; its versions are answered one at a time. */
export interface ModuleState {
  readonly message: Stored<Module>;
  /** Oldest first. */
  readonly versions: Map<string, Stored<ModuleVersion>>;
}
