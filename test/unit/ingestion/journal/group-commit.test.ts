import { GroupCommit } from '../../../../src/ingestion/journal/group-commit';
import { settle } from '../../fake-clock';

test('what is added during a commit goes into the next, together', async () => {
  const groups: (readonly number[])[] = [];
  const release: (() => void)[] = [];
  const commit = new GroupCommit<number>((entries) => {
    groups.push(entries);
    return new Promise((resolve) => release.push(resolve));
  });
  commit.add(1);
  const first = commit.flush();
  await settle();
  commit.add(2);
  const second = commit.flush();
  commit.add(3);
  expect(commit.flush()).toBe(second);
  await settle();
  expect(groups).toEqual([[1]]);
  release.shift()?.();
  await first;
  await settle();
  expect(groups).toEqual([[1], [2, 3]]);
  release.shift()?.();
  await second;
  await commit.flush();
  expect(groups).toHaveLength(2);
});

test('after a commit that failed none is tried any more', async () => {
  let commits = 0;
  const commit = new GroupCommit<number>(async () => {
    commits += 1;
    throw new Error('disk full');
  });
  commit.add(1);
  await expect(commit.flush()).rejects.toThrow('disk full');
  commit.add(2);
  await expect(commit.flush()).rejects.toThrow('disk full');
  expect(commits).toBe(1);
});
