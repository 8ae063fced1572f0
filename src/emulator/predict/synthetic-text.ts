import type { ModelFunction } from './model-function';

/** Says the prompt back, word by word for the streaming RPCs. */
export const syntheticText: ModelFunction = async function* (_input, { media }) {
  const words = `You said: ${media.text ?? `(the text at ${media.url ?? 'no URL'}, which was not fetched)`}`.split(
    /(?<= )/,
  );
  for (const raw of words) yield { text: { raw } };
};
