import { ClarifaiError } from '../base/errors';
import type { LogLevel, Logger } from '../options/logger';
import type {
  ClientIdentity,
  ConnectionMessage,
  DiagnosticsChannelName,
  DiagnosticsMessages,
  OutcomeMessage,
} from './messages';
import { observe } from './observe';

interface Entry {
  readonly level: LogLevel;
  readonly text: string;
  readonly fields: object;
}

/** What to log of each message; of outcomes only those that were not wished for. */
const entries: {
  readonly [Name in DiagnosticsChannelName]?: (message: DiagnosticsMessages[Name]) => Entry | undefined;
} = {
  'clarifai-grpc:call:end': ({ method, attempts, durationMs, ending, error }) => ({
    level: ending === 'failed' ? 'error' : 'debug',
    text: `${method} ${ending}`,
    fields: { method, attempts, durationMs, ending, ...about(error) },
  }),
  'clarifai-grpc:attempt:end': ({ method, durationMs, ending, error }) => ({
    level: 'debug',
    text: `${method} attempt ${ending}`,
    fields: { method, durationMs, ending, ...about(error) },
  }),
  'clarifai-grpc:retry': ({ method, attempt, delayMs, error }) => ({
    level: 'warn',
    text: `${method} attempt ${attempt} failed, another follows`,
    fields: { method, attempt, delayMs, ...about(error) },
  }),
  'clarifai-grpc:chunk': ({ method, items, bytes, durationMs, error }) => ({
    level: error === undefined ? 'debug' : 'warn',
    text: `${method} chunk of ${items} ${error === undefined ? 'answered' : 'failed'}`,
    fields: { method, items, bytes, durationMs, ...about(error) },
  }),
  'clarifai-grpc:outcome': (message) => (message.ok ? undefined : outcomeEntry(message)),
  'clarifai-grpc:connection': ({ client: { address }, connection, state, calls, reason }) => ({
    level: connectionLevel(state, reason),
    text: `connection ${connection} ${state}`,
    fields: { connection, address, state, calls, ...(reason === undefined ? {} : { reason }) },
  }),
  'clarifai-grpc:ack-failed': ({ index, call, error }) => ({
    level: 'warn',
    text: `source failed in ${call}`,
    fields: { index, call, ...about(error) },
  }),
};

/** Logs what a client does: codes, counts and times; no metadata, no message of an error and nothing that was sent. */
export function logEvents(logger: Logger, client: ClientIdentity): () => void {
  const log = <Name extends DiagnosticsChannelName>(name: Name): (() => void) =>
    observe(name, (message) => {
      const entry = message.client === client ? entries[name]?.(message) : undefined;
      if (entry !== undefined) logger[entry.level](entry.fields, entry.text);
    });
  const stops = (Object.keys(entries) as DiagnosticsChannelName[]).map((name) => log(name));
  return () => {
    for (const stop of stops) stop();
  };
}

function outcomeEntry({ method, index, id, kind, error }: OutcomeMessage): Entry {
  const level = kind === 'rejected' || kind === 'dead-lettered' ? 'warn' : 'debug';
  return { level, text: `input ${index} ${kind}`, fields: { method, index, id, kind, ...about(error) } };
}

function connectionLevel(state: ConnectionMessage['state'], reason: ConnectionMessage['reason']): LogLevel {
  if (state === 'failing' || reason === 'stuck' || reason === 'silent') return 'warn';
  return state === 'ready' ? 'info' : 'debug';
}

/** Of an error what identifies it. Its message may quote the request. */
function about(error: unknown): object {
  if (error === undefined) return {};
  if (!(error instanceof ClarifaiError)) return { error: { code: error instanceof Error ? error.name : typeof error } };
  const { code, grpcCode, statusCode, requestId } = error;
  return { error: { code, grpcCode, statusCode, requestId } };
}
