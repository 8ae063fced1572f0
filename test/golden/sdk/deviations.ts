/** Where this client's requests differ from the SDK's on purpose, and why. A test keeps the table true: they must differ. */
export const deviations: Readonly<Record<string, string>> = {
  'auth/pat-and-token': 'two credentials are refused: one of them would be sent in place of the other',
  'auth/env-user-id-does-not-reach-id': 'CLARIFAI_USER_ID reaches every call, not only some',
  'user.create_runner': 'the method is documented, and gone from the SDK',
  'user.list_apps/page_no-0': 'pages count from 1; the SDK takes 0 for 1 and stops after it',
};

/** Calls that have no equivalent here, and why. */
export const withoutEquivalent: Readonly<Record<string, string>> = {
  'auth/get-stub-metadata': 'credentials are not handed out',
  'errors.ApiError': 'about the classes of Python exceptions; ours are in the README',
};
