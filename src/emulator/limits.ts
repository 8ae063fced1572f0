/** What one call may carry. */
export interface Limits {
  /** @default 128 */
  readonly maxInputsPerRequest: number;
  /** Bytes of one image, text or audio file. @default 20971520 (20 MiB) */
  readonly maxFileBytes: number;
  /** @default 1 */
  readonly maxVideosPerRequest: number;
  /** @default 1000 */
  readonly maxPerPage: number;
  /** Bytes of one request; a larger one is answered with gRPC RESOURCE_EXHAUSTED. @default 134217728 (128 MiB) */
  readonly maxRequestBytes: number;
}

/** The service's own limits, from Clarifai's documentation ("Upload Inputs", "Pagination"). */
export const serviceLimits: Limits = {
  maxInputsPerRequest: 128,
  maxFileBytes: 20 * 1024 * 1024,
  maxVideosPerRequest: 1,
  maxPerPage: 1000,
  maxRequestBytes: 128 * 1024 * 1024,
};
