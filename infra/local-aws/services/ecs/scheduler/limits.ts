/** Smallest number of healthy tasks that the scheduler's own stops may leave: rounded up, as AWS documents. */
export function minimumHealthy(desired: number, percent: number): number {
  return Math.ceil((desired * percent) / 100);
}

/** Largest number of RUNNING plus PENDING tasks that starting may reach: rounded down, as AWS documents. */
export function maximumTasks(desired: number, percent: number): number {
  return Math.floor((desired * percent) / 100);
}
