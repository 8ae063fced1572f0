import type { Evaluation } from '../training/start-evaluation';
import { beginEvaluation, endEvaluation } from '../training/start-evaluation';
import type { Training } from '../training/start-training';
import { beginTraining, endTraining } from '../training/start-training';
import type { World } from '../state/world';
import type { BulkRun } from './bulk-operations';
import { runBulkOperation } from './bulk-operations';
import type { Extraction } from './extraction';
import { beginExtraction, endExtraction } from './extraction';
import type { ModelBuild } from './model-uploads';
import { endBuild } from './model-uploads';

/** What runs in the background: data alone, so that snapshots and files can hold it. */
export type Job = Training | Evaluation | Extraction | BulkRun | ModelBuild;

export type Stage = 'begin' | 'end';

/** Takes a job to its next stage. */
export function runJob(job: Job, stage: Stage, world: World): void {
  const begins = stage === 'begin';
  switch (job.kind) {
    case 'training':
      return begins ? beginTraining(job, world) : endTraining(job, world);
    case 'evaluation':
      return begins ? beginEvaluation(job) : endEvaluation(job);
    case 'extraction':
      return begins ? beginExtraction(job, world) : endExtraction(job, world);
    case 'build':
      return begins ? undefined : endBuild(job, world);
    case 'bulkOperation':
      // It changes its inputs as it begins; that it goes on for a while shows in its status alone.
      return begins ? runBulkOperation(job, world) : undefined;
  }
}
