import type { PostRunnerItemOutputsRequest } from '../../generated/proto/clarifai/api/service';
import type { Clock } from '../base/clock';
import type { Invoke, InvokeStream } from '../operations/invoker';
import type { DeepPartial } from '../wire/codec';
import type { RunnerHandlers } from './runner-handlers';
import type { Slots } from './slots';

/** What a runner works with, however its work comes in. */
export interface RunnerService {
  readonly invoke: Invoke;
  readonly invokeStream: InvokeStream;
  readonly clock: Clock;
  /** Which runner it is, as requests say it. */
  readonly runner: Pick<
    DeepPartial<PostRunnerItemOutputsRequest>,
    'userAppId' | 'nodepoolId' | 'computeClusterId' | 'runnerId' | 'runnerReplicaId'
  >;
  readonly handlers: RunnerHandlers;
  readonly slots: Slots;
  /** Aborted when all work is to end. */
  readonly ended: AbortSignal;
  /** Aborted when no more work is to be taken. */
  readonly draining: AbortSignal;
  readonly onError: (error: unknown) => void;
}
