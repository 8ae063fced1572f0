/** A value that somebody has posted about something. */
export interface StoredStatValue {
  readonly timeMs: number;
  readonly value: number;
  /** Such as `task_id:a`. */
  readonly tags: readonly string[];
}
