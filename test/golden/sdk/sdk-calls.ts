import type { Clarifai } from '../../../src/client';
import type { Listing } from '../../../src/operations/listing';

/** What an equivalent call works with. */
export interface SdkBench {
  /** A client of user-1 and app-1. */
  readonly clarifai: Clarifai;
  /** For clients that differ from it. */
  readonly credentials: { readonly base: string; readonly pat: string };
  /** A file of the recording's, in the working directory of the case. */
  readonly file: (name: string) => string;
  /** Reads the first page of a list only, as the SDK does when it is given a page. */
  readonly onePage: <Item>(list: Listing<Item>) => Promise<readonly Item[]>;
}

/** Our equivalent of each call of the SDK, by the recording's name for it. */
export type SdkCalls = Readonly<Record<string, (bench: SdkBench) => unknown>>;
