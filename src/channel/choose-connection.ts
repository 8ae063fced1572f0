/** Requests of this size and more have a connection to themselves if there can be one: 64 KiB a round trip is all that some take. */
export const largeRequestBytes: number = 256 * 1024;

/** What is on a connection. */
export interface Load {
  readonly calls: number;
  readonly requestBytes: number;
  /** Calls on it fail at once. */
  readonly failing: boolean;
}

export interface Room {
  /** Calls on a connection at most. */
  readonly maxCalls: number;
  /** Whether another connection can be opened. */
  readonly mayOpen: boolean;
}

/**
 * The connection for a call; `undefined` when another is to be opened for it or, if that cannot be, when it has to wait.
 *
 * Small requests share the connection that has the most calls, so that the others become idle; large ones take the one with
 * the fewest bytes. A connection that fails is taken only when all do.
 */
export function chooseConnection<Connection extends Load>(
  connections: readonly Connection[],
  requestBytes: number,
  { maxCalls, mayOpen }: Room,
): Connection | undefined {
  const large = requestBytes >= largeRequestBytes;
  const allFail = connections.every(({ failing }) => failing);
  let best: Connection | undefined;
  for (const connection of connections) {
    if (connection.calls >= maxCalls || (connection.failing && !allFail)) continue;
    if (best === undefined || isBetter(connection, best, large)) best = connection;
  }
  const crowded = large && best !== undefined && isUploading(best);
  return crowded && mayOpen && !connections.some(({ failing }) => failing) ? undefined : best;
}

function isBetter(one: Load, other: Load, large: boolean): boolean {
  if (large || (isUploading(one) && isUploading(other))) return one.requestBytes < other.requestBytes;
  return isUploading(one) === isUploading(other) ? one.calls > other.calls : isUploading(other);
}

function isUploading({ requestBytes }: Load): boolean {
  return requestBytes >= largeRequestBytes;
}
