/** A file in an archive. */
export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
