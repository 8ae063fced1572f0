import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Terminal } from '../shell/terminal';

/** Where contexts lie. */
export interface ConfigPaths {
  /** This command's own file: the only one it writes. */
  readonly own: string;
  /** That of Clarifai's Python SDK. */
  readonly python: string;
  /** That of Clarifai's first Python client. */
  readonly legacy: string;
}

/** https://specifications.freedesktop.org/basedir-spec: a path in XDG_CONFIG_HOME that is not absolute counts for nothing. */
export function configPaths({ env }: Pick<Terminal, 'env'>): ConfigPaths {
  const { HOME = '', XDG_CONFIG_HOME: xdg = '' } = env;
  const home = HOME === '' ? homedir() : HOME;
  return {
    own: join(isAbsolute(xdg) ? xdg : join(home, '.config'), 'clarifai-grpc', 'config.json'),
    // The SDK asks for no variable.
    python: join(home, '.config', 'clarifai', 'config'),
    legacy: join(home, '.clarifai', 'config'),
  };
}
