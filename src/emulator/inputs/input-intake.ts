import type { Data, Input } from '../../../generated/proto/clarifai/api/resources';
import { InputIDConflictResolution } from '../../../generated/proto/clarifai/api/resources';
import type { PostInputsRequest } from '../../../generated/proto/clarifai/api/service';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { randomId } from '../../base/ids';
import type { DeepPartial } from '../../wire/codec';
import type { AnswerStatus } from '../answers';
import { Refusal, isFailure, refuse } from '../answers';
import { imageFormat } from '../image/format';
import type { Media } from '../predict/media';
import { mediaOf } from '../predict/media';
import type { Call } from '../service/call';
import { noAnnotations } from '../state/annotations';
import type { AppState } from '../state/app-state';
import { isValidId } from '../state/ids';
import type { InputRecord } from '../state/input-record';
import { hostedUrl, mediaUrl } from '../state/input-urls';
import type { InputsAddJob } from '../state/inputs-add-job';
import { sparse } from '../state/sparse';
import { addConcepts } from './add-concepts';
import { named } from './named-concepts';
import { showInput, showRefused } from './show-input';

/** One empty list for all inputs that are in no dataset. */
const none: readonly string[] = [];

/** An input in an answer of PostInputs. */
export type TakenInput = DeepPartial<Input> & { readonly status: AnswerStatus };

/** Takes the inputs of one request one by one, and in the end adds those that pass to the app. */
export class InputIntake {
  readonly #app: AppState;
  readonly #call: Pick<Call, 'world' | 'itemFaults'>;
  readonly #suffixes: boolean;
  readonly #job: InputsAddJob | undefined;
  readonly #accepted = new Map<string, InputRecord>();
  readonly #urls = new Set<string>();

  constructor(app: AppState, call: Pick<Call, 'world' | 'itemFaults'>, request: PostInputsRequest) {
    this.#app = app;
    this.#call = call;
    this.#suffixes = request.inputIdConflictResolution === InputIDConflictResolution.SUFFIX;
    this.#job = request.inputsAddJobId === '' ? undefined : app.inputs.openJob(request.inputsAddJobId);
  }

  take(input: Input, index: number): TakenInput {
    try {
      const record = this.#accept(input, this.#call.itemFaults.get(index));
      this.#accepted.set(record.id, record);
      return showInput(this.#app, record);
    } catch (error) {
      if (error instanceof Refusal) return showRefused(input, error.status);
      throw error;
    }
  }

  commit(): InputsAddJob | undefined {
    const records = [...this.#accepted.values()];
    this.#app.inputs.add(records);
    for (const { data } of records) addConcepts(this.#app, data.concepts ?? [], this.#call.world.clock.now());
    return this.#job;
  }

  #accept(input: Input, scripted: StatusCode | undefined): InputRecord {
    if (scripted !== undefined && isFailure(scripted) && scripted !== StatusCode.INPUT_FAILED) {
      throw refuse(scripted, 'Scripted failure of this input');
    }
    const id = this.#idFor(input);
    const { media, failure } = this.#inspect(input);
    this.#claimUrl(input, media?.kind);
    this.#assertDatasets(input);
    if (media?.kind === 'image' && media.url === undefined) this.#remember(id, media);
    const nowMs = this.#call.world.clock.now();
    return {
      id,
      createdAtMs: nowMs,
      modifiedAtMs: nowMs,
      data: withoutPayload(sparse(input.data ?? {})),
      datasetIds: input.datasetIds.length > 0 ? input.datasetIds : none,
      annotations: noAnnotations,
      statusCode: StatusCode.INPUT_PENDING,
      outcome: scripted ?? (failure === undefined ? StatusCode.INPUT_SUCCESS : StatusCode.INPUT_FAILED),
      failure: failure ?? (scripted === StatusCode.INPUT_FAILED ? 'Scripted failure of this input' : undefined),
      job: this.#job,
      imageInfo: media?.kind === 'image' && media.bytes !== undefined ? imageFormat(media.bytes) : undefined,
      bytes: this.#call.world.options.storeBytes ? copyOf(media) : undefined,
      position: -1,
    };
  }

  /** A search by likeness looks at pixels, also of images that are not kept. */
  #remember(id: string, media: Media): void {
    const { urls, options } = this.#call.world;
    const bytes = options.storeBytes ? undefined : copyOf(media);
    if (bytes !== undefined) urls.remember(hostedUrl(this.#app.owner, 'image', id), bytes);
  }

  #idFor({ id }: Input): string {
    if (id === '') return randomId(this.#call.world.randomBytes);
    if (!isValidId(id))
      throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, `Invalid input ID ${JSON.stringify(id.slice(0, 64))}.`);
    // Two inputs of one request with the same id are an error whatever the request says about conflicts.
    if (!this.#accepted.has(id) && this.#app.inputs.get(id) === undefined) return id;
    if (this.#accepted.has(id) || !this.#suffixes)
      throw refuse(StatusCode.INPUT_DUPLICATE, 'Input has a duplicate ID.', 'Input duplicate');
    const numbered = Array.from({ length: 9 }, (_, at) => `${id}-${at + 1}`);
    const free = numbered.find((one) => !this.#accepted.has(one) && this.#app.inputs.get(one) === undefined);
    return free ?? `${id}-${randomId(this.#call.world.randomBytes)}`;
  }

  /** What is wrong with an input's URL or bytes comes to light in processing, not in the answer. */
  #inspect(input: Input): { media?: Media; failure?: string } {
    const { urls, options } = this.#call.world;
    try {
      const media = mediaOf(input, undefined, urls, options.limits);
      if (media.kind !== undefined) return { media };
    } catch (error) {
      if (!(error instanceof Refusal) || error.status.code !== StatusCode.INPUT_FAILED) throw error;
      return { failure: error.status.details ?? '' };
    }
    throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, 'Expected an image, video, audio or text.');
  }

  #claimUrl({ data }: Input, kind: Media['kind']): void {
    const url = data && mediaUrl(data);
    if (data === undefined || url === undefined) return;
    if (!URL.canParse(url)) throw refuse(StatusCode.INPUT_INVALID_URL, `Invalid URL: ${url}`);
    const isAllowed = kind !== undefined && data[kind]?.allowDuplicateUrl === true;
    if (!isAllowed && (this.#urls.has(url) || this.#app.inputs.hasUrl(url))) {
      const text = 'Duplicate URL in your application. Check the documentation to allow duplications.';
      throw refuse(StatusCode.INPUT_DUPLICATE, undefined, text);
    }
    this.#urls.add(url);
  }

  #assertDatasets({ datasetIds }: Input): void {
    const unknown = datasetIds.find((id) => !this.#app.datasets.has(id));
    if (unknown !== undefined)
      throw refuse(StatusCode.INPUT_INVALID_ARGUMENT, `The dataset '${unknown}' does not exist.`);
  }
}

/** What is kept of an input's data: no bytes, and concepts with their names. */
function withoutPayload(data: DeepPartial<Data>): DeepPartial<Data> {
  const kept: Record<string, unknown> = { ...data };
  for (const kind of ['image', 'video', 'audio'] as const) {
    const { base64: _payload, ...media } = data[kind] ?? {};
    if (data[kind] !== undefined) kept[kind] = media;
  }
  if (data.concepts !== undefined) kept['concepts'] = data.concepts.map(named);
  return kept;
}

function copyOf(media: Media | undefined): Uint8Array | undefined {
  // A copy, since the original is a view that would keep the whole request alive.
  return media?.bytes === undefined ? undefined : Uint8Array.from(media.bytes);
}
