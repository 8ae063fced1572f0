import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes node_modules/.package-lock.json as the last
 * thing it does, so after an interrupted installation that file is missing or tells of older packages.
 */
export function isInstalled(root) {
  const installedLock = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(installedLock);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    // Optional packages for other platforms are in the lock and never on the disk.
    if (present === undefined) return entry.optional === true;
    return present.version === entry.version && present.integrity === entry.integrity && existsSync(join(root, path));
  });
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch (error) {
    throw new Error(
      `${lockFile} cannot be read (${error.message}): restore it, or delete node_modules and start again`,
    );
  }
}
