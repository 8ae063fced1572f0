import { appsWithoutRequest } from './app';
import { datasetsWithoutRequest } from './dataset';
import { inputsWithoutRequest } from './inputs';
import { modelsWithoutRequest } from './model';
import { searchesWithoutRequest } from './search';
import { workflowsWithoutRequest } from './workflow';

/** Where this client's requests differ from the SDK's on purpose, and why. A test keeps the table true: they must differ. */
export const deviations: Readonly<Record<string, string>> = {
  'app.create_module': 'the method is documented, and gone from the SDK',
  'app.list_modules': 'the method is documented, and gone from the SDK',
  'app.create_workflow/two-nodes':
    'a node names its model by ids; the SDK sends everything that it has read of the model, read-only fields included',
  'app.create_workflow/two-nodes-trainable': 'each model is read once',
  'app.model': 'the version is asked for; the SDK drops it and asks twice',
  'app.model/model_version': 'the model is read once; the SDK asks twice',
  'app.model/other-app-only': 'the model is read once; the SDK asks twice',
  'auth/pat-and-token': 'two credentials are refused: one of them would be sent in place of the other',
  'auth/env-user-id-does-not-reach-id': 'CLARIFAI_USER_ID reaches every call, not only some',
  'user.create_runner': 'the method is documented, and gone from the SDK',
  'dataset.upload_from_csv/empty-concepts-row':
    'every row has its own concepts; in the SDK an empty cell empties all after it',
  'dataset.upload_from_csv/spaces-after-comma': 'the space after a comma is no part of a concept',
  'dataset.upload_from_folder/trailing-slash': 'ids are made from whole paths; labels are what the caller asks for',
  'dataset.upload_from_folder/one-fails-always':
    'ids are made from whole paths, so that no two collide; nothing is deleted',
  'dataset.upload_from_folder/job-pending': 'ids are made from whole paths, so that no two collide',
  'dataset.upload_dataset/annotations-fail-once':
    'the outcome of each annotation is what its status says; the SDK sends all twice more, and so doubles them',
  'inputs.upload_from_file/empty-file': 'an empty file is refused: the SDK sends an image with nothing in it',
  'inputs.delete_inputs/strings': 'ids are what is deleted; the SDK takes inputs only',
  'inputs.patch_concepts/ids-only': 'a concept of an app has no value: the SDK sends 1 for it',
  'search.query/filter-geo_point-ints': 'degrees may be whole numbers; the SDK refuses them',
  'search.query/filter-geo_limit-float': 'distances may be fractions; the SDK refuses them',
  'search.query/schema-concept-name-space': 'names of concepts may hold spaces; the SDK refuses them',
  'workflow.predict_by_url/no-input_type': 'the SDK asks for the type of the model, and pins the version that it saw',
  'workflow/mutable-default': 'options of one workflow do not reach another; in the SDK they share a default',
  'workflow.predict/33': 'more than one request holds are sent in several',
  'workflow.predict/empty': 'no inputs are refused',
  'workflow.export/version-ignored': 'the version that was asked for is exported; the SDK exports the latest',
  'model/url-any-host': 'a URL of another host, or of something else, is refused; the SDK takes any',
  'model.predict_by_url/no-input_type': 'the SDK asks for the type of the model, and pins the version that it saw',
  'model.predict_by_url/multi-input-type': 'an input says itself what it is; the SDK asks for the type of the model',
  'model.predict_by_url/type-sticks': 'an input says itself what it is; the SDK takes it for what the one before was',
  'model.predict/positional-params': 'parameters go with inputs of any form; the SDK refuses them',
  'model.predict/deploying-for-ever':
    'the SDK gives up in the end; here the playback has an answer left for one more attempt',
  'model.stream_by_bytes/no-items': 'without an input nothing is sent',
  'model.list_training_templates': 'lists name the page that they ask for',
  'model.get_params': 'lists name the page that they ask for',
  'model.get_params/no-template': 'the templates tell their parameters: there is nothing to be given',
  'model.get_params/bad-template': 'lists name the page that they ask for',
  'model.train/not-trainable': 'whether a type is trained is looked up; the SDK goes by a list of its own',
  'model.train/custom_config':
    'the template is read with the training; the SDK has read it in a call before the recorded one',
  'model.training_status/logs': 'the version that was asked for is read; the SDK reads the latest',
  'model.evaluate/no-version': 'without a version the latest is evaluated; the SDK refuses',
  'model.get_latest_eval': 'lists name the page that they ask for',
  'model.get_latest_eval/not-evaluated':
    'the latest that has ended well is looked for; the SDK looks at the first only',
  'model.get_latest_eval/none': 'lists name the page that they ask for',
  'errors/unavailable-always': 'three attempts; the SDK makes fifty',
  'errors/throttled-always': 'three attempts; the SDK makes ten',
  'user.list_apps/page_no-0': 'pages count from 1; the SDK takes 0 for 1 and stops after it',
};

/** Calls that have no equivalent here, and why. */
export const withoutEquivalent: Readonly<Record<string, string>> = {
  ...appsWithoutRequest,
  ...datasetsWithoutRequest,
  ...inputsWithoutRequest,
  ...modelsWithoutRequest,
  ...searchesWithoutRequest,
  ...workflowsWithoutRequest,
  'auth/get-stub-metadata': 'credentials are not handed out',
  'utils.chunker': 'a function without a request here, too: `chunk`',
  'errors.ApiError': 'about the classes of Python exceptions; ours are in the README',
};
