import type { Clock } from '../base/clock';
import type { InputLike, InputsLike } from '../inputs/input-like';
import type { MakeId } from '../inputs/prepare-inputs';
import type { Fate } from './fate';
import type { ResolvedIngestOptions } from './ingest-options';
import type { Limiter } from './limiter';
import type { SenderOptions } from './sender';

export interface PipelineParams {
  /** Opens the source, when the run begins to read. */
  readonly source: () => InputsLike;
  /** Shown every item as it was read. */
  readonly onRead?: ((index: number, input: InputLike | Error) => void) | undefined;
  readonly makeId: MakeId;
  readonly options: ResolvedIngestOptions;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly sender: Pick<SenderOptions, 'client' | 'invoke' | 'userAppId' | 'jobId' | 'random'>;
}

/** Told once of every item that was read, and of what became of it. */
export type Deliver = (index: number, id: string | undefined, fate: Fate) => void;
