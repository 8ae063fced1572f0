import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One request that the Python SDK sent, and the answer it got. */
export interface RecordedCall {
  readonly path: string;
  readonly request_b64?: string;
  /** Of a call that streams requests. */
  readonly stream_requests_b64?: readonly string[];
  readonly response_b64?: string | readonly string[];
  /** How the call failed, when it did. */
  readonly grpc_status?: string;
  /** So many identical calls in a row. */
  readonly repeat?: number;
}

/** One call of the Python SDK. */
export interface RecordedCase {
  readonly id: string;
  readonly sdk_call: string;
  readonly setup?: string;
  /** Files in the working directory, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly calls: readonly RecordedCall[];
  /** The value as Python prints it, or the exception. */
  readonly returned: string;
}

interface Recording {
  readonly fixtures: Readonly<Record<string, string>>;
  readonly cases: readonly RecordedCase[];
}

export const recording = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/golden/sdk-calls.json'), 'utf8'),
) as Recording;
