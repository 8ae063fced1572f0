const redacted = '[redacted]';

/**
 * Takes credentials out of a text that came from elsewhere: values after `Key` and `Bearer`, what the service echoes as
 * `invalid key(...)`, and credential headers.
 */
export function redact(text: string): string {
  return text
    .replace(/\b(Key|Bearer)(\s+)[^\s"',;()]{6,}/gi, (match, word: string, space: string) =>
      // A word of prose, as in "key database", is no credential: those hold digits.
      /\d/.test(match) ? `${word}${space}${redacted}` : match,
    )
    .replace(/\b(key|token)\(([^)]+)\)/gi, (_match, word: string) => `${word}(${redacted})`)
    .replace(
      /\b(authorization|x-clarifai-session-token)(["']?\s*[:=]\s*["']?)(?!\[redacted)(?!(?:Key|Bearer)\s)[^\s"',;]+/gi,
      (_match, name: string, separator: string) => `${name}${separator}${redacted}`,
    );
}
