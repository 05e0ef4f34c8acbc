/** What was measured of one contestant, in the order it was measured. */
export type Samples = number[];

/** The one in the middle; of an even number the mean of the two. */
export function median(samples: Samples): number {
	const sorted = [...samples].sort((one, other) => one - other);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The value that so much of the samples stays below, e.g. 0.99. */
export const quantile = (samples: Samples, part: number): number =>
	[...samples].sort((one, other) => one - other)[Math.min(samples.length - 1, Math.floor(samples.length * part))] ??
	NaN;

/** Lowest and highest. */
export const spread = (samples: Samples): [number, number] => [Math.min(...samples), Math.max(...samples)];

/**
 * Measures the contestants in turn, so that whatever else the machine does falls on all alike; who begins changes from
 * round to round. The first round warms up and does not count.
 */
export async function alternating<T>(
	contestants: Record<string, () => Promise<T>>,
	rounds: number,
): Promise<Record<string, T[]>> {
	const all = Object.entries(contestants);
	const measured: Record<string, T[]> = Object.fromEntries(all.map(([name]) => [name, []]));
	for (let round = 0; round <= rounds; round++) {
		const first = round % all.length;
		for (const [name, measure] of [...all.slice(first), ...all.slice(0, first)]) {
			const sample = await measure();
			if (round > 0) measured[name]?.push(sample);
		}
	}
	return measured;
}

/** How the medians of two series relate, with the ratios of each round as the spread. */
export interface Ratio {
	ratio: number;
	lowest: number;
	highest: number;
}

export function ratioOf(own: Samples, other: Samples): Ratio {
	const [lowest, highest] = spread(own.map((sample, round) => sample / (other[round] ?? NaN)));
	return { ratio: median(own) / median(other), lowest, highest };
}
