import { basename, dirname } from 'node:path';
import { assertArray, assertBoolean, assertFunction, assertObject, assertString } from '../base/assert';
import type { InputLiteral } from '../inputs/input-like';

/** How the files of a folder or an archive are read. */
export interface FileOptions {
  /** Leaves out the files for which it says false; a path is relative, with slashes. @default all files */
  readonly filter?: ((path: string) => boolean) | undefined;
  /** Reads also what is hidden: names that begin with a dot, and `__MACOSX` in archives. @default false */
  readonly hidden?: boolean | undefined;
  /** Makes the name of the folder that a file lies in its concept. @default false */
  readonly labels?: boolean | undefined;
  /** Datasets that all inputs join. */
  readonly datasetIds?: readonly string[] | undefined;
  /**
   * What stands before the path when an id is made from it. Two folders that go into one app, and in which files of the same
   * path are not the same input, need two of them. @default ''
   */
  readonly keyPrefix?: string | undefined;
}

export function assertFileOptions(options: FileOptions): void {
  assertObject(options, 'options', ['filter', 'hidden', 'labels', 'datasetIds', 'keyPrefix']);
  const { filter, hidden, labels, datasetIds, keyPrefix } = options;
  if (filter !== undefined) assertFunction(filter, 'filter');
  if (hidden !== undefined) assertBoolean(hidden, 'hidden');
  if (labels !== undefined) assertBoolean(labels, 'labels');
  if (keyPrefix !== undefined) assertString(keyPrefix, 'keyPrefix');
  if (datasetIds !== undefined) assertDatasetIds(datasetIds);
}

export function assertDatasetIds(datasetIds: readonly string[]): void {
  assertArray(datasetIds, 'datasetIds', 'an array of ids');
  datasetIds.forEach((id, index) => assertString(id, `datasetIds[${index}]`, { nonEmpty: true }));
}

/** Whether a name is one that file managers do not show. */
export function isHidden(name: string): boolean {
  return /^\.(?!\.?$)|^__MACOSX$/.test(name);
}

/** What the options say of the input that a file makes. */
export function labelsOf(path: string, { labels = false, datasetIds }: FileOptions): InputLiteral {
  const folder = basename(dirname(path));
  return {
    ...(labels && folder !== '' && folder !== '.' && { concepts: [folder] }),
    ...(datasetIds !== undefined && { datasetIds }),
  };
}
