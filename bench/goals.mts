import type { Check } from './checks.mts';
import { isCorrect } from './checks.mts';
import { latencyMs } from './latency.mts';
import { medianOfSimilar } from './loadTimes.mts';
import type { Measurements } from './measurements.mts';
import { bareLoop } from './returnAll.mts';
import type { Ratio } from './samples.mts';
import { median, quantile, compareMedians, getRange } from './samples.mts';

/** One row of the table of goals: the result of this package compared with a baseline. */
export interface GoalRow {
	workload: string;
	baseline: string;
	/** Empty for a comparison without a goal. */
	goal: string;
	result: string;
	/** Lowest and highest result of the rounds; empty if the result does not vary. */
	range: string;
	isMet: boolean;
}

const formatRatio = (value: number): string => value.toFixed(2);

const goalRow = (workload: string, baseline: string, goal: number, ratio: Ratio, atLeast = false): GoalRow => ({
	...comparisonRow(workload, baseline, ratio),
	goal: `${atLeast ? '≥' : '≤'} ${goal}`,
	isMet: atLeast ? ratio.ratio >= goal : ratio.ratio <= goal,
});

/** A row without a goal. */
const comparisonRow = (workload: string, baseline: string, ratio: Ratio): GoalRow => ({
	workload,
	baseline,
	goal: '',
	result: formatRatio(ratio.ratio),
	range: `${formatRatio(ratio.lowest)} to ${formatRatio(ratio.highest)}`,
	isMet: true,
});

/** Returns all goals of the benchmark with their results. */
export function buildRows(measurements: Measurements): GoalRow[] {
	return [
		...['10000', '100000'].flatMap((orders) => timeRows(measurements, orders)),
		...memoryRows(measurements),
		goalRow('1,000 Gets in one node: time', 'HTTP Request, 1,000 items, batches of 1', 0.9, {
			...compareMedians(measurements.gets['Uphance, raw'] ?? [], measurements.gets['HTTP Request'] ?? []),
		}),
		...latencyRows(measurements),
		...webhookRows(measurements),
		loadTimeRow(measurements),
		{
			workload: 'tarball',
			baseline: '',
			goal: '≤ 140 kB, no dependency',
			result: `${(measurements.tarballBytes / 1000).toFixed(1)} kB`,
			range: '',
			isMet: measurements.tarballBytes <= 140_000,
		},
		...checkRows(measurements.checks),
	];
}

function timeRows({ returnAll }: Measurements, orders: string): GoalRow[] {
	const times = (name: string) => (returnAll[orders]?.[name] ?? []).map(({ msPerPage }) => msPerPage);
	const describeWorkload = (name: string) =>
		`Return All, ${Number(orders).toLocaleString('en')} orders, ${name}: time per page`;
	const [raw, simplified] = [times('Uphance, raw'), times('Uphance, Simplify')];
	return [
		goalRow(describeWorkload('raw'), 'HTTP Request', 0.65, compareMedians(raw, times('HTTP Request'))),
		goalRow(describeWorkload('Simplify'), 'HTTP Request', 0.65, compareMedians(simplified, times('HTTP Request'))),
		goalRow(describeWorkload('raw'), 'the least a node can do', 1.1, compareMedians(raw, times('least node'))),
		goalRow(describeWorkload('raw'), 'bare loop', 1.5, compareMedians(raw, times(bareLoop))),
	];
}

/** Single operations against the HTTP Request node that sends the same requests. */
const latencyRows = ({ latency }: Measurements): GoalRow[] =>
	Object.entries(latency).map(([name, { own, http }]) =>
		goalRow(`${name}, ${latencyMs} ms an answer: time`, 'HTTP Request', 1.1, compareMedians(own, http)),
	);

function memoryRows({ memory }: Measurements): GoalRow[] {
	const peaks = (name: string) => (memory['100000']?.[name] ?? []).map(({ peakBytes }) => peakBytes);
	const heaps = (name: string) => (memory['100000']?.[name] ?? []).map((each) => each.heapBytes);
	if (peaks('HTTP Request').some((peak) => peak === 0)) return []; // peak memory is known on Linux only
	const describeWorkload = (name: string, measure: string) => `Return All, 100,000 orders, ${name}: ${measure}`;
	const outputs: Array<[string, string, number]> = [
		['raw', 'Uphance, raw', 0.6],
		['Simplify', 'Uphance, Simplify', 0.25],
	];
	return outputs.flatMap(([output, name, goal]) => [
		goalRow(
			describeWorkload(output, 'peak memory above idle'),
			'HTTP Request',
			goal,
			compareMedians(peaks(name), peaks('HTTP Request')),
		),
		comparisonRow(
			describeWorkload(output, 'peak memory above idle'),
			'HTTP Request and Split Out',
			compareMedians(peaks(name), peaks('HTTP Request and Split Out')),
		),
		comparisonRow(
			describeWorkload(output, 'what the items hold'),
			'HTTP Request',
			compareMedians(heaps(name), heaps('HTTP Request')),
		),
	]);
}

function webhookRows({ webhooks }: Measurements): GoalRow[] {
	const [own, other] = [webhooks['Uphance Trigger'] ?? [], webhooks.Webhook ?? []];
	const perSecond = compareMedians(
		own.map((round) => round.perSecond),
		other.map((round) => round.perSecond),
	);
	const slowestResponses = (rounds: typeof own) => rounds.map(({ responseTimes }) => quantile(responseTimes, 0.99));
	const baseline = "n8n's Webhook node with one expression";
	return [
		goalRow('webhooks accepted per second, 10 % repeated', baseline, 1, perSecond, true),
		goalRow(
			'webhooks: 99 % are answered within',
			baseline,
			1,
			compareMedians(slowestResponses(own), slowestResponses(other)),
		),
	];
}

function loadTimeRow({ loadTimes }: Measurements): GoalRow {
	const own = median(loadTimes.own);
	const similar = medianOfSimilar(loadTimes);
	const [lowest, highest] = getRange(loadTimes.own);
	return {
		workload: 'loading all nodes and the credential',
		baseline: `n8n's own nodes of like size: ${similar.toFixed(0)} ms`,
		goal: '≤ 28 ms',
		result: `${own.toFixed(0)} ms, ${formatRatio(own / similar)} of theirs`,
		range: `${lowest.toFixed(0)} to ${highest.toFixed(0)} ms`,
		isMet: own <= 28,
	};
}

const checkRows = (checks: Check[]): GoalRow[] =>
	checks
		.filter(({ name }) => /^(sign-ins|requests)|: requests/.test(name))
		.map((check) => ({
			workload: check.name,
			baseline: '',
			goal: sumRequests(check.expected),
			result: sumRequests(check.actual),
			range: '',
			isMet: isCorrect(check),
		}));

/** Returns a number as text, or the total of a list or count of requests. */
function sumRequests(value: unknown): string {
	if (Array.isArray(value)) return String(value.length);
	if (typeof value !== 'object' || value === null) return String(value);
	return String(Object.values(value).reduce((sum: number, count) => sum + Number(count), 0));
}
