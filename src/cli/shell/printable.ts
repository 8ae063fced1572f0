const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** A text from elsewhere on one line of a terminal, where it moves no cursor and turns no letters around. */
export function printable(text: string): string {
  return text.replace(unprintable, ' ').trim();
}

/** As `printable`, for a text of several lines, which stay so. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(unprintable, ' ').trimEnd())
    .join('\n');
}

/** A part of a text, whose spaces, tabs and ends of lines count. */
export function withoutEscapes(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
