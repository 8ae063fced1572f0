// What the specs share: who they are to the service, and lists in one piece.
const { PAT, USER_ID, APP_ID } = {
  PAT: process.env.CLARIFAI_PAT,
  USER_ID: process.env.CLARIFAI_USER_ID,
  APP_ID: process.env.CLARIFAI_APP_ID,
};

/** The SDK changes the object that it is given. */
exports.authConfig = (appId = APP_ID) => ({ pat: PAT, userId: USER_ID, appId });

exports.collect = async (pages) => {
  const items = [];
  for await (const page of pages) items.push(...page);
  return items;
};

exports.settled = async (job, isDone) => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const result = await job();
    if (isDone(result)) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never ended');
};
