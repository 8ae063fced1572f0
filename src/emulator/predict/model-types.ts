import type { ModelType, ModelTypeField } from '../../../generated/proto/clarifai/api/resources';
import { ModelTypeField_ModelTypeFieldType as FieldType } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';

type Row = readonly [id: string, takes: readonly string[], gives: readonly string[], templates: readonly string[]];

/** Types of models, with the templates that they are trained by: the names of a few of the service's own. */
const rows: readonly Row[] = [
  ['visual-classifier', ['image'], ['concepts'], ['classification_basemodel_v1', 'classification_cifar10_v1']],
  [
    'visual-detector',
    ['image'],
    ['regions[...].region_info.bounding_box', 'regions[...].data.concepts'],
    ['detection_msdetectron2_v1'],
  ],
  [
    'visual-segmenter',
    ['image'],
    ['regions[...].region_info.mask', 'regions[...].data.concepts'],
    ['segmentation_mmseg_v1'],
  ],
  ['visual-embedder', ['image'], ['embeddings'], ['classification_basemodel_v1_embed']],
  ['clusterer', ['embeddings'], ['clusters'], ['Clarifai_Clusterer']],
  ['text-classifier', ['text'], ['concepts'], ['HF_GPTNeo_125m_lora']],
  ['embedding-classifier', ['embeddings'], ['concepts'], ['Clarifai_Embedding_Classifier']],
  ['text-to-text', ['text'], ['text'], ['HF_GPTNeo_125m_lora']],
  ['color-recognizer', ['image'], ['colors'], []],
  ['text-embedder', ['text'], ['embeddings'], []],
  ['multimodal-to-text', ['image', 'text'], ['text'], []],
  ['any-to-any', ['any'], ['any'], []],
];

/** What a training of a type takes: a template, with its parameters, what it learns from, and concepts. */
function trainingFields(outputFields: readonly string[], templates: readonly string[]): DeepPartial<ModelTypeField>[] {
  const params = 'train_info.params';
  return [
    { path: `${params}.dataset_id`, fieldType: FieldType.DATASET_ID },
    { path: `${params}.dataset_version_id`, fieldType: FieldType.DATASET_VERSION_ID },
    ...(outputFields.some((field) => field.endsWith('concepts'))
      ? [{ path: 'output_info.data.concepts', fieldType: FieldType.ARRAY_OF_CONCEPTS }]
      : []),
    {
      path: `${params}.template`,
      fieldType: FieldType.ENUM,
      required: true,
      modelTypeEnumOptions: templates.map((template) => ({
        id: template,
        modelTypeFields: [
          {
            path: `${params}.num_epochs`,
            fieldType: FieldType.RANGE,
            defaultValue: 20,
            modelTypeRangeInfo: { min: 1, max: 200, step: 1 },
          },
        ],
      })),
    },
  ];
}

export const modelTypes: readonly (DeepPartial<ModelType> & { readonly id: string })[] = rows.map(
  ([id, inputFields, outputFields, templates]) => ({
    id,
    title: id.replaceAll('-', ' '),
    inputFields,
    outputFields,
    trainable: templates.length > 0,
    creatable: true,
    ...(templates.length > 0 && { modelTypeFields: trainingFields(outputFields, templates) }),
  }),
);
