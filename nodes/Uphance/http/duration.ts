/** Returns a time for a message, e.g. "90 seconds" or "2 hours". It is at least a second. */
export function formatDuration(milliseconds: number): string {
	const seconds = Math.max(1, Math.round(milliseconds / 1000));
	const [count, unit] =
		seconds < 120
			? [seconds, 'second']
			: seconds < 7200
				? [Math.round(seconds / 60), 'minute']
				: [Math.round(seconds / 3600), 'hour'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
