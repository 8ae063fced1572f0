/** Matches names with `*` for any run of characters, in any case; an empty pattern matches everything. */
export function matchesPattern(text: string, pattern: string): boolean {
  if (pattern === '') return true;
  if (!pattern.includes('*')) return text === pattern || text.toLowerCase() === pattern.toLowerCase();
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'isu').test(text);
}
