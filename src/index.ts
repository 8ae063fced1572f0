/// <reference lib="esnext.disposable" preserve="true" />
// For users whose library has no Symbol.asyncDispose yet, which the types below need.

/**
 * The client: predictions, workflows, uploads of any size, and everything an app is made of.
 *
 * @module clarifai-grpc
 */

export { Clarifai } from './client';

export type { CallOptions } from './options/call-options';
export type { ClientOptions, ChannelOptions, CredentialOptions, StubOptions } from './options/client-options';
export { readConfigFile } from './options/config-file';
export type { FileConfig } from './options/config-file';
export type { CloseOptions } from './options/close-options';
export type { ConnectionOptions } from './options/connection-options';
export type { Logger } from './options/logger';
export type { RetryOptions } from './options/retry-options';
export type { MetadataInit } from './options/rpc-options';
export type { ReceivedMetadata } from './base/received-metadata';

export {
  AlreadyExistsError,
  AuthenticationError,
  ClarifaiError,
  DeadlineExceededError,
  InvalidRequestError,
  NotFoundError,
  NotReadyError,
  PartialFailureError,
  PermissionError,
  QuotaError,
  ServerError,
  ThrottledError,
  UnavailableError,
} from './base/errors';
export type { ClarifaiErrorFields, ErrorCategory, ErrorSource, FailedAttempt } from './base/error-fields';
export { GrpcCode } from './base/grpc-code';
export { parseClarifaiUrl } from './base/clarifai-url';
export type { ClarifaiUrl, ClarifaiUrlKind, ParseClarifaiUrlOptions } from './base/clarifai-url';
export { version } from './base/version';

export { observe } from './diagnostics/observe';
export type {
  AckFailedMessage,
  AttemptMessage,
  CallMessage,
  ChunkMessage,
  ClientIdentity,
  ConnectionMessage,
  ConnectionState,
  DiagnosticsChannelName,
  DiagnosticsMessages,
  Ending,
  OutcomeMessage,
  RetireReason,
  RetryMessage,
} from './diagnostics/messages';

export { StatusCode } from '../generated/proto/clarifai/api/status/status_code';

export type { InputLike, InputLiteral, InputsLike, MediaLike, TextLike } from './inputs/input-like';
export type { AnnotationContent, AnnotationLike, Box, PointLike, SpanLike } from './inputs/annotation';
export type { ConceptLike, ConceptRef } from './inputs/concepts';
export type { InputPatch } from './inputs/input-patch';
export type { MediaKind } from './inputs/media-kind';
export { mediaKindOfFile } from './inputs/media-kind-of-file';
export type { JsonObject, JsonValue } from './inputs/json';
export { maxFileBytes, maxInputsPerRequest, maxRequestBytes, maxVideoBytes } from './base/limits';

export { chunk } from './operations/chunk';
export type { ChunkOptions } from './operations/chunk';
export { chunkInputs } from './predict/chunk-inputs';
export { throwIfFailed } from './operations/outcome';
export type { Outcome } from './operations/outcome';
export type { Plain } from './operations/to-plain';
export type { Listing, ListOptions } from './operations/listing';
export type { WaitOptions } from './operations/poll';
export type { StreamOptions } from './operations/invoker';
export type { AppRef, ModelRef, ResourceRef, WorkflowRef } from './operations/resource-ref';

export type { AnnotationFilter, AnnotationInfo, AnnotationRef, Annotations } from './resources/annotations';
export type { User, UserInfo } from './resources/user';
export type { App } from './resources/app';
export type { AppFields, AppFilter, AppInfo, Apps } from './resources/apps';
export type { ConceptFields, ConceptInfo, Concepts, ConceptSearchFilter } from './resources/concepts';
export type { ConceptLanguageFields, ConceptLanguageInfo, ConceptLanguages } from './resources/concept-languages';
export type {
  ConceptRelationFields,
  ConceptRelationFilter,
  ConceptRelationInfo,
  ConceptRelations,
} from './resources/concept-relations';
export type { DatasetFields, DatasetFilter, DatasetInfo, Datasets } from './resources/datasets';
export type { Dataset, DatasetInputInfo } from './resources/dataset';
export type {
  DatasetExportFormat,
  DatasetExportInfo,
  DatasetMetricsGroup,
  DatasetVersionFields,
  DatasetVersionInfo,
  DatasetVersions,
} from './resources/dataset-versions';
export type { Model } from './resources/model';
export type {
  ModelExportInfo,
  ModelLogEntry,
  ModelLogFilter,
  ModelVersionFields,
  ModelVersionFilter,
  ModelVersionInfo,
  ModelVersions,
} from './resources/model-versions';
export type { ModelFields, ModelFilter, ModelInfo, ModelQuery, Models } from './resources/models';
export type { EvaluationFields, EvaluationInfo, EvaluationParams, Evaluations } from './resources/evaluations';
export type { DownloadedInput } from './resources/download-inputs';
export type { DownloadInputsOptions, MediaFile } from './resources/write-media';
export type { UnpackedInput, UnpackOptions } from './resources/unpack-dataset';
export type { DownloadOptions } from './downloads/download';
export type { CloudCredentials, CloudSource, FoundInputsOptions } from './resources/cloud-source';
export type { InputExtractionInfo, InputJobInfo, InputJobs, InputJobWaitOptions } from './resources/input-jobs';
export type { AddArchiveOptions, ArchiveProgress } from './resources/upload-archive';
export type { UploadContentOptions, UploadSource } from './resources/upload-content';
export type { ModelFileSource, ModelUploadProgress, UploadModelVersionOptions } from './resources/upload-model-version';
export type { AnnotatedInput, AnnotatedInputs, UploadOptions } from './resources/upload-annotated';
export type { AnnotatedOutcome, AnnotationOutcome } from './resources/post-drafts';
export type { InputTemplate } from './inputs/input-template';
export type { HostedSize } from './resources/input-files';
export type { InputCounts, InputFilter, Inputs } from './resources/inputs';
export type { Module, ModuleVersionInfo } from './resources/module';
export type { InstalledModuleVersionInfo, ModuleFields, ModuleFilter, ModuleInfo, Modules } from './resources/modules';
export type { PatchAction, PatchOptions } from './resources/patch';
export type { LegacyTerm } from './resources/legacy-search';
export type { GeoFilter, GeoPointLike, GeoUnit, SearchFilter } from './resources/search-filter';
export type { SearchAlgorithm, SearchQuery } from './resources/search-query';
export type { SearchConcept, SearchRank } from './resources/search-rank';
export type { Searches, SearchHit, SearchInfo } from './resources/searches';
export type { Runner, RunnerRef } from './resources/runner';
export type { RunnerAnswer, RunnerCall, RunnerHandlers, RunnerInput } from './runner/runner-handlers';
export type { RunnerSession } from './runner/runner-session';
export type { RunnerSessionOptions } from './runner/session-options';
export type { RunnerFields, RunnerFilter, RunnerInfo, RunnerPlace, Runners } from './resources/runners';

export type { ComputeSelector } from './predict/compute-selector';
export type { ModelOutputsParams, Output } from './predict/model-outputs';
export type { AnswerOf, ArgumentsOf, DeclaredArgument, DeclaredMethod } from './predict/methods/declared-method';
export type { FieldType, Scalar } from './predict/methods/field-type';
export type { MethodArgument, MethodArguments, MethodValue } from './predict/methods/method-value';
export type { MethodCallOptions, MethodStreamOptions } from './predict/methods/model-methods';
export type { MethodField, MethodSignature, MethodType } from './predict/methods/signature';
export type { StreamedOutputsParams } from './predict/streamed-outputs';
export type { OutputConfigLike } from './predict/output-config';
export type { WorkflowResult, WorkflowResultsParams } from './predict/workflow-results';

export type { IngestOptions } from './ingestion/ingest-options';
export type { IngestionRun } from './ingestion/ingestion-run';
export type { IngestSource, RetryDeadLetters } from './ingestion/ingest';
export type { DeadLetter } from './ingestion/dead-letters/dead-letter';
export type { Lease, Source, SourceReadOptions } from './ingestion/source';
export { fromCsv } from './sources/from-csv';
export type { CsvOptions } from './sources/from-csv';
export { fromFolder } from './sources/from-folder';
export { fromJsonLines } from './sources/from-json-lines';
export { fromZip } from './sources/from-zip';
export type { FileOptions } from './sources/file-options';
export type { OnMalformed } from './sources/malformed';
export type { RowOptions } from './sources/row';
export type { IngestionOutcome, IngestionProgress, IngestionSummary, Input } from './ingestion/outcome';
export type { IngestionReport } from './ingestion/progress-reports';
export type { Workflow, WorkflowPatch, WorkflowVersionInfo } from './resources/workflow';
export type { TrainParams } from './resources/train-model';
export { trainableModelTypes } from './resources/trainable-model-types';
export type { TrainingParam, TrainingTemplate } from './resources/training-template';
export type { WorkflowConfig, WorkflowModelConfig, WorkflowNodeConfig } from './resources/workflow-config';
export { formatWorkflowYaml, parseWorkflowYaml } from './resources/workflow-yaml';
export type { WorkflowFilter, WorkflowInfo, Workflows } from './resources/workflows';
