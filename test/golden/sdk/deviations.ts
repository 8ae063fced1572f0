import { inputsWithoutRequest } from './inputs';
import { searchesWithoutRequest } from './search';

/** Where this client's requests differ from the SDK's on purpose, and why. A test keeps the table true: they must differ. */
export const deviations: Readonly<Record<string, string>> = {
  'auth/pat-and-token': 'two credentials are refused: one of them would be sent in place of the other',
  'auth/env-user-id-does-not-reach-id': 'CLARIFAI_USER_ID reaches every call, not only some',
  'user.create_runner': 'the method is documented, and gone from the SDK',
  'inputs.upload_from_file/empty-file': 'an empty file is refused: the SDK sends an image with nothing in it',
  'inputs.delete_inputs/strings': 'ids are what is deleted; the SDK takes inputs only',
  'inputs.delete_inputs/empty': 'an empty list is refused',
  'inputs.patch_concepts/ids-only': 'a concept of an app has no value: the SDK sends 1 for it',
  'search.query/filter-geo_point-ints': 'degrees may be whole numbers; the SDK refuses them',
  'search.query/filter-geo_limit-float': 'distances may be fractions; the SDK refuses them',
  'search.query/schema-concept-name-space': 'names of concepts may hold spaces; the SDK refuses them',
  'user.list_apps/page_no-0': 'pages count from 1; the SDK takes 0 for 1 and stops after it',
};

/** Calls that have no equivalent here, and why. */
export const withoutEquivalent: Readonly<Record<string, string>> = {
  ...inputsWithoutRequest,
  ...searchesWithoutRequest,
  'auth/get-stub-metadata': 'credentials are not handed out',
  'errors.ApiError': 'about the classes of Python exceptions; ours are in the README',
};
