/** Types of model that learn from the app's inputs, as Clarifai's SDK lists them. */
export const trainableModelTypes: readonly string[] = [
  'visual-classifier',
  'visual-detector',
  'visual-segmenter',
  'visual-embedder',
  'clusterer',
  'text-classifier',
  'embedding-classifier',
  'text-to-text',
];
