import type { Annotation as AnnotationMessage } from '../../generated/proto/clarifai/api/resources';
import type { ListAnnotationsRequest } from '../../generated/proto/clarifai/api/service';
import { assertArray, assertObject, invalidArgument } from '../base/assert';
import { assertId, assertIds } from '../base/id';
import { type AnnotationLike, toAnnotation } from '../inputs/annotation';
import { batch } from '../operations/batch';
import { chunk } from '../operations/chunk';
import { deleteInChunks } from '../operations/delete-in-chunks';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { DeepPartial } from '../wire/codec';
import type { ScopedContext } from './context';
import { type PatchOptions, readPatchOptions } from './patch';

/** An annotation as the service describes it. */
export interface AnnotationInfo extends Plain<AnnotationMessage> {}

/** Which annotations to list. */
export type AnnotationFilter = Omit<DeepPartial<ListAnnotationsRequest>, 'userAppId' | 'page' | 'perPage'>;

/** An annotation by its ids. */
export interface AnnotationRef {
  /** The input that is annotated. */
  readonly inputId: string;
  /** The annotation. */
  readonly id: string;
}

/** The annotations of an app's inputs: what people and models say of them. */
export class Annotations {
  readonly #context: ScopedContext;

  constructor(context: ScopedContext) {
    this.#context = context;
  }

  /**
   * Lists annotations: of all inputs, or of those in `inputIds`. RPC: V2.ListAnnotations.
   *
   * @example
   * for await (const { id, data } of app.annotations.list({ inputIds: ['input-1'] })) console.log(id, data?.regions);
   */
  list(filter: AnnotationFilter = {}, options: ListOptions = {}): Listing<AnnotationInfo> {
    assertObject(filter, 'filter');
    // The service takes no ids for all.
    if (filter.inputIds !== undefined) assertIds(filter.inputIds, 'filter.inputIds');
    return listing(options, async (page, call) => {
      const request = { ...filter, userAppId: this.#context.userAppId, ...page };
      return (await this.#context.invoke('ListAnnotations', request, call)).annotations;
    });
  }

  /**
   * Says something of inputs, or of boxes, polygons, points and spans in them. RPC: V2.PostAnnotations, with at most 128
   * annotations a request, which is not repeated after a failure that may have made them.
   *
   * @throws InvalidRequestError for a shape that does not lie within the input, before anything is sent
   * @example
   * await app.annotations.create([
   *   { inputId: 'input-1', box: { left: 0.1, top: 0.1, right: 0.8, bottom: 0.9 }, concepts: ['face'] },
   * ]);
   */
  async create(annotations: readonly AnnotationLike[], options: CallOptions = {}): Promise<Outcome<AnnotationInfo>[]> {
    return this.#send('PostAnnotations', annotations, options);
  }

  /**
   * Changes annotations, which are named by `id` and `inputId`. RPC: V2.PatchAnnotations, with at most 128 a request.
   *
   * @param options `action` is `'merge'` by default
   */
  async patch(
    annotations: readonly (AnnotationLike & { readonly id: string })[],
    options: PatchOptions = {},
  ): Promise<Outcome<AnnotationInfo>[]> {
    const { action, ...call } = readPatchOptions(options, 'merge');
    return this.#send('PatchAnnotations', annotations, call, { action });
  }

  /**
   * Deletes annotations. RPC: V2.DeleteAnnotations, with at most 128 a request.
   *
   * @throws InvalidRequestError for an empty list: nothing is deleted that was not named
   */
  async delete(annotations: readonly AnnotationRef[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    assertArray(annotations, 'annotations', 'an array of { inputId, id }');
    if (annotations.length === 0) throw invalidArgument('annotations', 'at least one annotation', annotations);
    annotations.forEach((ref, index) => {
      assertObject(ref, `annotations[${index}]`);
      assertId(ref.id, `annotations[${index}].id`);
      assertId(ref.inputId, `annotations[${index}].inputId`);
    });
    for await (const part of chunk(annotations, { name: 'annotations' })) {
      const request = { userAppId, ids: part.map(({ id }) => id), inputIds: part.map(({ inputId }) => inputId) };
      await this.#context.invoke('DeleteAnnotations', request, options);
    }
  }

  /** Deletes all annotations of some inputs; the inputs stay. RPC: V2.DeleteAnnotations, with at most 128 ids a request. */
  async deleteOfInputs(inputIds: readonly string[], options: CallOptions = {}): Promise<void> {
    const { userAppId } = this.#context;
    await deleteInChunks(inputIds, 'inputIds', (ids) =>
      this.#context.invoke('DeleteAnnotations', { userAppId, inputIds: ids }, options),
    );
  }

  async #send(
    method: 'PostAnnotations' | 'PatchAnnotations',
    given: readonly AnnotationLike[],
    call: CallOptions,
    more: { readonly action?: string } = {},
  ): Promise<Outcome<AnnotationInfo>[]> {
    const { userAppId } = this.#context;
    assertArray(given, 'annotations', 'an array of annotations');
    return batch({
      method,
      name: 'annotations',
      items: given.map((annotation, index) => toAnnotation(annotation, `annotations[${index}]`)),
      signal: call.signal,
      idOf: ({ id }) => id,
      send: (annotations) => {
        const request = { userAppId, annotations, ...more };
        return this.#context.invoke(method, request, { ...call, partial: { items: 'annotations' } });
      },
      messagesOf: (answer) => answer.annotations,
    });
  }
}
