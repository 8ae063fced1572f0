const assert = require('node:assert/strict');
const { User } = require('clarifai-nodejs');
const { authConfig, collect } = require('./config.cjs');

describe('User', () => {
  const user = new User(authConfig());

  it('creates, lists, reads and deletes apps', async () => {
    const created = await user.createApp({ appId: 'made-by-sdk', baseWorkflow: 'General' });
    assert.equal(created.id, 'made-by-sdk');
    assert.equal(created.defaultWorkflow.id, 'General');
    const ids = (await collect(user.listApps())).map(({ id }) => id);
    assert.ok(ids.includes('made-by-sdk'));
    assert.equal((await user.app({ appId: 'made-by-sdk' })).userId, process.env.CLARIFAI_USER_ID);
    await user.deleteApp({ appId: 'made-by-sdk' });
    await assert.rejects(user.app({ appId: 'made-by-sdk' }), /Resource does not exist/);
  });

  it('lists apps page by page', async () => {
    for (const appId of ['page-a', 'page-b', 'page-c']) await user.createApp({ appId });
    const { value } = await user.listApps({ pageNo: 2, perPage: 2 }).next();
    assert.equal(value.length, 2);
    for (const appId of ['page-a', 'page-b', 'page-c']) await user.deleteApp({ appId });
  });

  it('is told that an app is there already, and that one is not there', async () => {
    await user.createApp({ appId: 'twice' });
    const error = await user.createApp({ appId: 'twice' }).catch((thrown) => thrown);
    assert.match(JSON.stringify(error.cause), /already exist/);
    await user.deleteApp({ appId: 'twice' });
    await assert.rejects(user.deleteApp({ appId: 'twice' }), /Resource does not exist/);
  });

  it('creates, lists, reads and deletes runners', async () => {
    const runner = { runnerId: 'r', labels: ['fast'], description: 'runs' };
    assert.deepEqual((await user.createRunner(runner)).labelsList, ['fast']);
    const pages = await collect(
      (async function* () {
        for await (const { runnersList } of user.listRunners()) yield runnersList;
      })(),
    );
    assert.deepEqual(
      pages.map(({ id }) => id),
      ['r'],
    );
    assert.equal((await user.runner({ runnerId: 'r' })).description, 'runs');
    await user.deleteRunner({ runnerId: 'r' });
    await assert.rejects(user.runner({ runnerId: 'r' }), /Resource does not exist/);
  });
});
