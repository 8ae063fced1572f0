/** Metadata that the service sent, names in lower case; several values of one name are joined with `, `. */
export type ReceivedMetadata = Readonly<Record<string, string | Uint8Array>>;
