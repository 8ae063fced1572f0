import type { ConceptLanguage as ConceptLanguageMessage } from '../../generated/proto/clarifai/api/resources';
import { assertObject } from '../base/assert';
import { assertId } from '../base/id';
import { batch } from '../operations/batch';
import { type Listing, listing, type ListOptions } from '../operations/listing';
import type { Outcome } from '../operations/outcome';
import type { Plain } from '../operations/to-plain';
import type { CallOptions } from '../options/call-options';
import type { ScopedContext } from './context';
import { type PatchOptions, readPatchOptions } from './patch';

/** The name of a concept in one language, as the service describes it. */
export interface ConceptLanguageInfo extends Plain<ConceptLanguageMessage> {}

/** What a concept is called in one language. */
export interface ConceptLanguageFields {
  /** The language's code, such as `ja`. */
  readonly id: string;
  /** What the concept is called. */
  readonly name?: string | undefined;
  /** What it means. */
  readonly definition?: string | undefined;
}

/** The names of one concept in several languages. */
export class ConceptLanguages {
  /** The concept. */
  readonly conceptId: string;
  readonly #context: ScopedContext;

  constructor(context: ScopedContext, conceptId: string) {
    assertId(conceptId, 'conceptId');
    this.conceptId = conceptId;
    this.#context = context;
  }

  /** Lists the languages in which the concept has a name. RPC: V2.ListConceptLanguages. */
  list(options: ListOptions = {}): Listing<ConceptLanguageInfo> {
    const { conceptId } = this;
    return listing(options, async (page, call) => {
      const request = { userAppId: this.#context.userAppId, conceptId, ...page };
      return (await this.#context.invoke('ListConceptLanguages', request, call)).conceptLanguages;
    });
  }

  /**
   * Names the concept in further languages. RPC: V2.PostConceptLanguages.
   *
   * @example
   * await app.concepts.languages('dog').create([{ id: 'ja', name: '犬' }]);
   */
  async create(
    languages: readonly ConceptLanguageFields[],
    options: CallOptions = {},
  ): Promise<Outcome<ConceptLanguageInfo>[]> {
    return this.#send('PostConceptLanguages', languages, options);
  }

  /**
   * Changes names. RPC: V2.PatchConceptLanguages.
   *
   * @param options `action`: the service takes `'overwrite'` only
   */
  async patch(
    languages: readonly ConceptLanguageFields[],
    options: PatchOptions = {},
  ): Promise<Outcome<ConceptLanguageInfo>[]> {
    const { action, ...call } = readPatchOptions(options, 'overwrite', ['overwrite']);
    return this.#send('PatchConceptLanguages', languages, call, { action });
  }

  #send(
    method: 'PostConceptLanguages' | 'PatchConceptLanguages',
    items: readonly ConceptLanguageFields[],
    call: CallOptions,
    more: { readonly action?: string } = {},
  ): Promise<Outcome<ConceptLanguageInfo>[]> {
    assertObject(call, 'options', undefined, { hideValue: true });
    const { conceptId } = this;
    const { userAppId } = this.#context;
    return batch({
      method,
      name: 'languages',
      items,
      signal: call.signal,
      idOf: (language) => language.id,
      send: (conceptLanguages) =>
        this.#context.invoke(method, { userAppId, conceptId, conceptLanguages, ...more }, call),
      messagesOf: (answer) => answer.conceptLanguages,
    });
  }
}
