/** Colours that stand out from pictures and from one another, with black letters on them. */
const palette = ['#ffd43b', '#4dabf7', '#ff8787', '#69db7c', '#da77f2', '#ffa94d', '#3bc9db', '#f783ac'] as const;

/** The colour of a region, by its place among those of a picture. */
export function regionColor(index: number): string {
  return palette[index % palette.length] ?? palette[0];
}
