/** Times in milliseconds, and how messages say them. */
export const durations: Array<[milliseconds: number, text: string]> = [
	[0, '1 second'],
	[1_499, '1 second'],
	[1_500, '2 seconds'],
	[119_000, '119 seconds'],
	[120_000, '2 minutes'],
	[7_169_000, '119 minutes'],
	[7_199_000, '120 minutes'],
	[7_200_000, '2 hours'],
	[10_800_000, '3 hours'],
];
