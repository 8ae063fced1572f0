import type { IngestionReport } from '../../index';

/** How far a run is, on one line. */
export function progressText(report: IngestionReport): string {
  const { read, inProgress, size, rejected, deadLettered, alreadyExisted } = report;
  const done = count(read - inProgress);
  const failed = rejected + deadLettered;
  return [
    size === undefined ? `${done} done` : `${done} of ${count(size)}`,
    `${count(Math.round(report.itemsPerSecond))}/s`,
    `${(report.bytesPerSecond / 1e6).toFixed(1)} MB/s`,
    `requests ${Math.round(report.fillRate * 100)} % full`,
    ...(alreadyExisted > 0 ? [`${count(alreadyExisted)} already there`] : []),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(report.throttled > 0 ? [`throttled ${count(report.throttled)} times`] : []),
    ...(report.remainingMs === undefined ? [] : [`${duration(report.remainingMs)} left`]),
  ].join(' · ');
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** Such as `42 s`, `3 min 5 s` and `2 h 7 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
