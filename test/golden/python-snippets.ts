// The Python snippets of Clarifai's documentation that were recorded in grpc-snippets.json, ported line by line, as a reader
// of docs/python.md would.
import { resources_pb2, service_pb2, status_code_pb2, Struct } from '../../src/python';
import type { V2Stub } from '../../src/python';

const PAT = 'pat-0123456789abcdef';
const USER_ID = 'user-1';
const APP_ID = 'app-1';
const FILE_BYTES = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256);

const metadata = [['authorization', 'Key ' + PAT]];
const userDataObject = resources_pb2.UserAppIDSet({ user_id: USER_ID, app_id: APP_ID });

/** Each snippet under the name of its row. */
export const pythonSnippets: Readonly<Record<string, (stub: V2Stub) => Promise<unknown>>> = {
  '000-predict-image-url': async (stub) => {
    const post_model_outputs_response = await stub.PostModelOutputs(
      service_pb2.PostModelOutputsRequest({
        model_id: 'general-image-recognition',
        version_id: 'aa7f35c01e0642fda5cf400f543e7c40', // This is optional. Defaults to the latest model version.
        inputs: [
          resources_pb2.Input({
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                url: 'https://samples.clarifai.com/metro-north.jpg',
              }),
            }),
          }),
        ],
      }),
      { metadata },
    );
    if (post_model_outputs_response.status.code !== status_code_pb2.SUCCESS) {
      throw new Error('Post model outputs failed, status: ' + post_model_outputs_response.status.description);
    }

    // Since we have one input, one output will exist here.
    const output = post_model_outputs_response.outputs[0];

    const lines = ['Predicted concepts:'];
    for (const concept of output?.data.concepts ?? []) {
      lines.push(`${concept.name} ${concept.value.toFixed(2)}`);
    }
    return lines;
  },

  '000-predict-image-bytes': async (stub) => {
    const file_bytes = FILE_BYTES;

    const post_model_outputs_response = await stub.PostModelOutputs(
      service_pb2.PostModelOutputsRequest({
        model_id: 'general-image-recognition',
        version_id: 'aa7f35c01e0642fda5cf400f543e7c40', // This is optional. Defaults to the latest model version.
        inputs: [
          resources_pb2.Input({
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                base64: file_bytes,
              }),
            }),
          }),
        ],
      }),
      { metadata },
    );
    return post_model_outputs_response;
  },

  '003-post-inputs-url': async (stub) => {
    const IMAGE_URL = 'https://samples.clarifai.com/metro-north.jpg';

    const post_inputs_response = await stub.PostInputs(
      service_pb2.PostInputsRequest({
        user_app_id: userDataObject,
        inputs: [
          resources_pb2.Input({
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                url: IMAGE_URL,
                allow_duplicate_url: true,
              }),
            }),
          }),
        ],
      }),
      { metadata },
    );

    if (post_inputs_response.status.code !== status_code_pb2.SUCCESS) {
      console.log(post_inputs_response.status);
      throw new Error('Post inputs failed, status: ' + post_inputs_response.status.description);
    }
    return post_inputs_response;
  },

  '003-post-inputs-bytes': async (stub) => {
    const file_bytes = FILE_BYTES;

    return await stub.PostInputs(
      service_pb2.PostInputsRequest({
        user_app_id: userDataObject,
        inputs: [
          resources_pb2.Input({
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                base64: file_bytes,
              }),
            }),
          }),
        ],
      }),
      { metadata },
    );
  },

  '003-post-inputs-multiple-with-ids': async (stub) => {
    const IMAGE_URL_1 = 'https://samples.clarifai.com/metro-north.jpg';
    const IMAGE_URL_2 = 'https://samples.clarifai.com/puppy.jpeg';
    const INPUT_ID_1 = 'mytrain';
    const INPUT_ID_2 = 'mypuppy';

    const post_inputs_response = await stub.PostInputs(
      service_pb2.PostInputsRequest({
        user_app_id: userDataObject,
        inputs: [
          resources_pb2.Input({
            id: INPUT_ID_1,
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                url: IMAGE_URL_1,
                allow_duplicate_url: true,
              }),
            }),
          }),
          resources_pb2.Input({
            id: INPUT_ID_2,
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                url: IMAGE_URL_2,
                allow_duplicate_url: true,
              }),
            }),
          }),
        ],
      }),
      { metadata },
    );

    if (post_inputs_response.status.code !== status_code_pb2.SUCCESS) {
      console.log('There was an error with your request!');
      for (const input_object of post_inputs_response.inputs) {
        console.log('Input ' + input_object.id + ' status:');
        console.log(input_object.status);
      }
      throw new Error('Post inputs failed, status: ' + post_inputs_response.status.description);
    }
    return post_inputs_response;
  },

  '003-post-inputs-concept': async (stub) => {
    const IMAGE_URL = 'https://samples.clarifai.com/puppy.jpeg';
    const CONCEPT_ID = 'charlie';

    return await stub.PostInputs(
      service_pb2.PostInputsRequest({
        user_app_id: userDataObject,
        inputs: [
          resources_pb2.Input({
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                url: IMAGE_URL,
                allow_duplicate_url: true,
              }),
              concepts: [resources_pb2.Concept({ id: CONCEPT_ID, value: 1 })],
            }),
          }),
        ],
      }),
      { metadata },
    );
  },

  '003-post-inputs-multiple-concepts': async (stub) => {
    const IMAGE_URL = 'https://samples.clarifai.com/puppy.jpeg';
    const CONCEPT_IDS_LIST = ['one', 'two', 'three', 'four', 'five', 'six'];

    return await stub.PostInputs(
      service_pb2.PostInputsRequest({
        user_app_id: userDataObject,
        inputs: [
          resources_pb2.Input({
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                url: IMAGE_URL,
                allow_duplicate_url: true,
              }),
              // We use Python list comprehension to iterate through the list of concepts
              concepts: CONCEPT_IDS_LIST.map((i) => resources_pb2.Concept({ id: String(i), value: 1 })),
            }),
          }),
        ],
      }),
      { metadata },
    );
  },

  '003-post-inputs-metadata': async (stub) => {
    const CUSTOM_METADATA = { id: 'id001', type: 'animal', size: 100 };
    const IMAGE_URL = 'https://samples.clarifai.com/puppy.jpeg';

    const input_metadata = Struct();

    input_metadata.update(CUSTOM_METADATA);

    return await stub.PostInputs(
      service_pb2.PostInputsRequest({
        user_app_id: userDataObject,
        inputs: [
          resources_pb2.Input({
            data: resources_pb2.Data({
              image: resources_pb2.Image({
                url: IMAGE_URL,
                allow_duplicate_url: true,
              }),
              metadata: input_metadata,
            }),
          }),
        ],
      }),
      { metadata },
    );
  },

  '003-post-inputs-data-sources': async (stub) => {
    const INPUTS_JOB_ID = ''; // If empty, ID will be autogenerated; if non-empty, the given ID will be used
    const CLOUD_STORAGE_URL = 's3://samples.clarifai.com/storage/';

    return await stub.PostInputsDataSources(
      service_pb2.PostInputsDataSourcesRequest({
        user_app_id: userDataObject,
        app_pat: PAT,
        data_sources: [
          resources_pb2.InputsDataSource({
            inputs_add_job_id: INPUTS_JOB_ID,
            url: resources_pb2.DataSourceURL({
              url: CLOUD_STORAGE_URL,
            }),
          }),
        ],
      }),
      { metadata },
    );
  },

  '003-post-inputs-data-sources-s3-credentials': async (stub) =>
    await stub.PostInputsDataSources(
      service_pb2.PostInputsDataSourcesRequest({
        user_app_id: userDataObject,
        app_pat: PAT,
        data_sources: [
          resources_pb2.InputsDataSource({
            inputs_add_job_id: 'job-1',
            url: resources_pb2.DataSourceURL({
              url: 's3://samples.clarifai.com/storage/',
              credentials: resources_pb2.DataSourceCredentials({
                s3_creds: resources_pb2.AWSCreds({
                  id: 'access-id-1',
                  secret: 'secret-1',
                  region: 'us-east-1',
                }),
              }),
            }),
          }),
        ],
      }),
      { metadata },
    ),

  '003-post-inputs-data-sources-gcp-credentials': async (stub) =>
    await stub.PostInputsDataSources(
      service_pb2.PostInputsDataSourcesRequest({
        user_app_id: userDataObject,
        app_pat: PAT,
        data_sources: [
          resources_pb2.InputsDataSource({
            inputs_add_job_id: 'job-1',
            url: resources_pb2.DataSourceURL({
              url: 'gs://samples.clarifai.com/storage/',
              credentials: resources_pb2.DataSourceCredentials({
                gcp_creds: Buffer.from('{"type": "service_account", "project_id": "project-1"}'),
              }),
            }),
          }),
        ],
      }),
      { metadata },
    ),

  '003-get-inputs-extraction-job': async (stub) => {
    const INPUTS_EXTRACTION_JOB_ID = '2a6f1f69cced42029986a72009e7d4da';

    return await stub.GetInputsExtractionJob(
      service_pb2.GetInputsExtractionJobRequest({
        user_app_id: userDataObject,
        inputs_extraction_job_id: INPUTS_EXTRACTION_JOB_ID,
      }),
      { metadata },
    );
  },

  '003-list-inputs-extraction-jobs': async (stub) =>
    await stub.ListInputsExtractionJobs(
      service_pb2.ListInputsExtractionJobsRequest({ user_app_id: userDataObject, per_page: 1000, page: 1 }),
      { metadata },
    ),

  '003-cancel-inputs-extraction-jobs': async (stub) => {
    const INPUTS_EXTRACTION_JOB_ID = '2a6f1f69cced42029986a72009e7d4da';

    return await stub.CancelInputsExtractionJobs(
      service_pb2.CancelInputsExtractionJobsRequest({ user_app_id: userDataObject, ids: [INPUTS_EXTRACTION_JOB_ID] }),
      { metadata },
    );
  },

  '003-post-inputs-data-sources-template': async (stub) => {
    const INPUTS_JOB_ID = '';
    const CLOUD_STORAGE_URL = 's3://samples.clarifai.com/storage/';
    const CUSTOM_METADATA = { id: 'id001' };
    const DATASET_ID_1 = 'dataset-1';
    const CONCEPT_ID_1 = 'lamborghini23_A';
    const CONCEPT_ID_2 = 'spiderman_a';

    const input_metadata = Struct();

    input_metadata.update(CUSTOM_METADATA);

    return await stub.PostInputsDataSources(
      service_pb2.PostInputsDataSourcesRequest({
        user_app_id: userDataObject,
        app_pat: PAT,
        data_sources: [
          resources_pb2.InputsDataSource({
            inputs_add_job_id: INPUTS_JOB_ID,
            url: resources_pb2.DataSourceURL({ url: CLOUD_STORAGE_URL }),
            input_template: resources_pb2.Input({
              dataset_ids: [DATASET_ID_1], // List of dataset IDs that this input is part of
              data: resources_pb2.Data({
                metadata: input_metadata,
                concepts: [
                  resources_pb2.Concept({ id: CONCEPT_ID_1, value: 1 }),
                  resources_pb2.Concept({ id: CONCEPT_ID_2, value: 1 }),
                ],
              }),
            }),
          }),
        ],
      }),
      { metadata },
    );
  },
};
