// The service's upload limits, from Clarifai's documentation ("Upload Inputs", Upload Limits).

/** Inputs in one request. */
export const maxInputsPerRequest = 128;

/** Bytes of one request: the service wants less than 128 MB; the margin is for gRPC's own framing. */
export const maxRequestBytes: number = 128 * 1024 * 1024 - 64 * 1024;

/** Bytes of one image, text or audio file. */
export const maxFileBytes: number = 20 * 1024 * 1024;

/** Bytes of one video that is sent as bytes; by URL it may have 300 MB. */
export const maxVideoBytes: number = maxRequestBytes - 64 * 1024;

/** Encoded bytes at which a request is full, if it has not 128 inputs before: it then takes seconds, not minutes, on a usual line. */
export const defaultChunkBytes: number = 16 * 1024 * 1024;
