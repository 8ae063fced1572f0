/** What was asked for makes no sense; the command ends with 2, before anything is sent. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}
