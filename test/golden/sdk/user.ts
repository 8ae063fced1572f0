import { withClient } from './auth';
import type { SdkCalls } from './sdk-calls';

const visible = { gettable: 10 };
const image = { url: 'https://samples.clarifai.com/metro-north.jpg' };

export const userCalls: SdkCalls = {
  'user.app': ({ clarifai }) => clarifai.user('user-1').app('app-1').get(),
  'user.app/kwargs': ({ clarifai }) => clarifai.user('user-1').app('app-1').get(),
  'user.create_app': ({ clarifai }) => clarifai.user('user-1').apps.create('app-1', { baseWorkflow: 'Universal' }),
  'user.create_app/kwargs': ({ clarifai }) =>
    clarifai.user('user-1').apps.create('app-1', {
      baseWorkflow: 'General',
      description: 'trains',
      defaultLanguage: 'en',
      notes: 'n',
      sampleMs: 500,
    }),
  'user.create_app/failure': ({ clarifai }) => clarifai.user('user-1').apps.create('app-1'),
  'user.create_runner': ({ clarifai }) =>
    clarifai.user('user-1').runners.create('runner-1', {
      labels: ['label to link runner'],
      description: 'laptop runner',
    }),
  'user.delete_app': ({ clarifai }) => clarifai.user('user-1').app('app-1').delete(),
  'user.delete_app/failure': ({ clarifai }) => clarifai.user('user-1').app('app-1').delete(),
  'user.delete_runner': ({ clarifai }) => clarifai.user('user-1').runners.delete(['runner-1']),
  'user.list_apps/three-pages': ({ clarifai }) => clarifai.user('user-1').apps.list().toArray(),
  'user.list_apps/page_no': ({ clarifai, onePage }) =>
    onePage(clarifai.user('user-1').apps.list({}, { firstPage: 1, pageSize: 16 })),
  'user.list_apps/per_page-only': ({ clarifai, onePage }) =>
    onePage(clarifai.user('user-1').apps.list({}, { pageSize: 5 })),
  'user.list_apps/page_no-0': ({ clarifai, onePage }) =>
    onePage(clarifai.user('user-1').apps.list({}, { firstPage: 0 })),
  'user.list_apps/past-the-end': ({ clarifai, onePage }) =>
    onePage(clarifai.user('user-1').apps.list({}, { firstPage: 7, pageSize: 16 })),
  'user.list_apps/filter_by': ({ clarifai, onePage }) =>
    onePage(
      clarifai
        .user('user-1')
        .apps.list({ name: 'train*', sortByName: true, additionalFields: ['stars'] }, { firstPage: 1, pageSize: 16 }),
    ),
  'user.list_apps/failure-on-page-2': ({ clarifai }) => clarifai.user('user-1').apps.list().toArray(),
  'user.list_runners': ({ clarifai }) => clarifai.user('user-1').runners.list().toArray(),
  'user.list_runners/page': ({ clarifai, onePage }) =>
    onePage(clarifai.user('user-1').runners.list({ nodepoolId: 'nodepool-1' }, { firstPage: 2, pageSize: 3 })),
  'user.runner': ({ clarifai }) => clarifai.user('user-1').runners.get('runner-1'),
  'user.patch_app': ({ clarifai }) =>
    clarifai.user('user-1').app('app-1').patch({
      defaultLanguage: 'en',
      baseWorkflow: 'Universal',
      description: 'd',
      isTemplate: true,
      visibility: visible,
      notes: 'n',
      image,
    }),
  'user.get_user_info/other': ({ clarifai }) => clarifai.user('me').get(),
  'user.list_models': ({ clarifai }) => clarifai.user('user-1').app('main').models.list().toArray(),
  'user.list_models/page_no': ({ clarifai, onePage }) =>
    onePage(clarifai.user('user-1').app('main').models.list({}, { firstPage: 2 })),
  'user.list_models/all': ({ credentials }) =>
    withClient(credentials, (anyone) => anyone.app().models.list().toArray()),
};
