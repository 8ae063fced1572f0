import { escape } from './escape';
import { style } from './style';

/**
 * Nothing but what the page brings itself: no script, no request, no form. `unsafe-inline` is for the attributes that place boxes
 * and give bars their widths.
 */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The page up to its first card. */
export function pageHead(title: string, madeAt: Date): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escape(title)}</h1>
<p>Made on <time datetime="${madeAt.toISOString()}">${madeAt.toISOString().slice(0, 16).replace('T', ' at ')} UTC</time></p>
</header>
<main>
`;
}

export interface Counts {
  readonly inputs: number;
  readonly failed: number;
  /** Inputs of which an answer says that it was made up. */
  readonly synthetic: number;
}

/** What follows the last card. */
export function pageFoot({ inputs, failed, synthetic }: Counts): string {
  const counts = [
    `${inputs} ${inputs === 1 ? 'input' : 'inputs'}`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(synthetic === 0 ? [] : [`${synthetic} with predictions that say they are synthetic, and mean nothing`]),
  ];
  return `</main>
<footer><p>${counts.join(' · ')}</p></footer>
</body>
</html>
`;
}
