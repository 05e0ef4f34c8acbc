/** The results of one contestant, in the order of the rounds. */
export type Samples = number[];

/** Returns the median; NaN without samples. */
export function median(samples: Samples): number {
	const sorted = [...samples].sort((one, other) => one - other);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Returns the value below which a share of the samples lies, e.g. 0.99; NaN without samples. */
export const quantile = (samples: Samples, share: number): number =>
	[...samples].sort((one, other) => one - other)[Math.min(samples.length - 1, Math.floor(samples.length * share))] ??
	NaN;

/** Returns the lowest and the highest sample. */
export const getRange = (samples: Samples): [number, number] => [Math.min(...samples), Math.max(...samples)];

/**
 * Measures the contestants in turn, so that other load on the machine affects all of them. Each round starts with
 * another contestant. An additional first round warms up and does not count.
 */
export async function measureInTurns<T>(
	contestants: Record<string, () => Promise<T>>,
	rounds: number,
): Promise<Record<string, T[]>> {
	const entries = Object.entries(contestants);
	const measured: Record<string, T[]> = Object.fromEntries(entries.map(([name]) => [name, []]));
	for (let round = 0; round <= rounds; round++) {
		const offset = round % entries.length;
		for (const [name, measure] of [...entries.slice(offset), ...entries.slice(0, offset)]) {
			const sample = await measure();
			if (round > 0) measured[name]?.push(sample);
		}
	}
	return measured;
}

/** The ratio of two medians, with the lowest and highest ratio of single rounds. */
export interface Ratio {
	ratio: number;
	lowest: number;
	highest: number;
}

export function compareMedians(own: Samples, other: Samples): Ratio {
	const [lowest, highest] = getRange(own.map((sample, round) => sample / (other[round] ?? NaN)));
	return { ratio: median(own) / median(other), lowest, highest };
}
