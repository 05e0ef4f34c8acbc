import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Linux alone says how much memory a process had at most, and lets that be counted anew. */
export const canMeasureMemory = existsSync('/proc/self/clear_refs');

/** The physical memory that a process has, and the most it had since the last call of `countPeakAnew`, in bytes. */
export function memoryOf(pid: number): { now: number; peak: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const bytes = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) * 1024;
	return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}

/** See clear_refs in proc_pid_clear_refs(5): 5 sets the peak to what the process has now. */
export const countPeakAnew = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');
