import type {
  AnnotationFilter,
  App,
  Collaborator,
  Concept,
  ConceptLanguage,
  ConceptRelation,
  Dataset,
  EvalMetrics,
  InstalledModuleVersion,
  LogEntry,
  Search,
  Workflow,
} from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { BulkOperationState } from '../jobs/bulk-operations';
import type { ExtractionJobState } from '../jobs/extraction';
import type { ModelUploadState } from '../jobs/model-uploads';
import type { UploadState } from '../jobs/uploads';
import type { DatasetVersionState } from './dataset-version-state';
import type { Owner } from './input-urls';
import { InputStore } from './input-store';
import type { ModelState } from './model-state';
import type { ModuleState } from './module-state';
import type { StoredStatValue } from './stat-values';
import type { WorkflowVersionMessage } from './workflow-versions';
import type { WorldOptions } from './world';

/** A message in the store: it has an id, and no fields that are not set. */
export type Stored<T> = DeepPartial<T> & { readonly id: string };

/** One app and everything in it. */
export class AppState {
  readonly concepts: Map<string, Stored<Concept>> = new Map();
  readonly datasets: Map<string, Stored<Dataset>> = new Map();
  readonly datasetVersions: Map<string, readonly DatasetVersionState[]> = new Map();
  readonly models: Map<string, ModelState> = new Map();
  readonly evaluations: Map<string, Stored<EvalMetrics>> = new Map();
  readonly workflows: Map<string, Stored<Workflow>> = new Map();
  /** Of workflows that have changed; a workflow that has not holds its only version itself. */
  readonly workflowVersions: Map<string, readonly WorkflowVersionMessage[]> = new Map();
  readonly conceptLanguages: Map<string, readonly Stored<ConceptLanguage>[]> = new Map();
  readonly conceptRelations: Map<string, Stored<ConceptRelation>> = new Map();
  readonly bulkOperations: Map<string, BulkOperationState> = new Map();
  readonly uploads: Map<string, UploadState> = new Map();
  /** By the ids of their versions. */
  readonly modelUploads: Map<string, ModelUploadState> = new Map();
  readonly extractionJobs: Map<string, ExtractionJobState> = new Map();
  readonly modules: Map<string, ModuleState> = new Map();
  readonly installedModules: Map<string, Stored<InstalledModuleVersion>> = new Map();
  readonly searches: Map<string, Stored<Search>> = new Map();
  readonly annotationFilters: Map<string, Stored<AnnotationFilter>> = new Map();
  readonly statValues: StoredStatValue[] = [];
  readonly logEntries: LogEntry[] = [];
  /** Those that were removed are kept, with the time. */
  readonly collaborators: Map<string, Stored<Collaborator>> = new Map();
  readonly inputs: InputStore;
  /** Prefix of the URLs of hosted media; `undefined` when bytes are not kept. */
  readonly mediaBase: string | undefined;

  constructor(
    readonly userId: string,
    public message: Stored<App>,
    readonly isPublic: boolean,
    options: Pick<WorldOptions, 'clock' | 'lifecycle' | 'media' | 'storeBytes'>,
  ) {
    this.inputs = new InputStore(options.clock, options.lifecycle);
    this.mediaBase = options.storeBytes ? options.media.base : undefined;
  }

  get id(): string {
    return this.message.id;
  }

  /** Ids of the app and its user, as everything in the app carries them. */
  get owner(): Owner {
    return { userId: this.userId, appId: this.id };
  }
}
