import type { Check } from './checks.mts';
import { isRight } from './checks.mts';
import type { Figures } from './measurements.mts';
import { bareLoop } from './returnAll.mts';
import { likeOnes } from './loadTimes.mts';
import type { Ratio } from './samples.mts';
import { median, quantile, ratioOf, spread } from './samples.mts';

/** One line of the table: how this package does against something, and what it is to reach. */
export interface Row {
	work: string;
	against: string;
	/** Empty for what is there to compare. */
	goal: string;
	found: string;
	/** From the lowest to the highest of the rounds; empty for what does not vary. */
	spread: string;
	isMet: boolean;
}

const two = (value: number): string => value.toFixed(2);

const row = (work: string, against: string, goal: number, found: Ratio, atLeast = false): Row => ({
	...aside(work, against, found),
	goal: `${atLeast ? '≥' : '≤'} ${goal}`,
	isMet: atLeast ? found.ratio >= goal : found.ratio <= goal,
});

/** Without a goal. */
const aside = (work: string, against: string, found: Ratio): Row => ({
	work,
	against,
	goal: '',
	found: two(found.ratio),
	spread: `${two(found.lowest)} to ${two(found.highest)}`,
	isMet: true,
});

/** All goals of the benchmark, with what was found. */
export function rowsOf(figures: Figures): Row[] {
	return [
		...['10000', '100000'].flatMap((orders) => timeRows(figures, orders)),
		...memoryRows(figures),
		row('1,000 Gets in one node: time', 'HTTP Request, 1,000 items, batches of 1', 0.9, {
			...ratioOf(figures.gets['Uphance, raw'] ?? [], figures.gets['HTTP Request'] ?? []),
		}),
		...webhookRows(figures),
		loadingRow(figures),
		{
			work: 'tarball',
			against: '',
			goal: '≤ 80 kB, no dependency',
			found: `${(figures.tarball / 1000).toFixed(1)} kB`,
			spread: '',
			isMet: figures.tarball <= 80_000,
		},
		...exactRows(figures.checks),
	];
}

function timeRows({ reading }: Figures, orders: string): Row[] {
	const times = (name: string) => (reading[orders]?.[name] ?? []).map(({ time }) => time);
	const work = (name: string) => `Return All, ${Number(orders).toLocaleString('en')} orders, ${name}: time per page`;
	const [raw, simplified] = [times('Uphance, raw'), times('Uphance, Simplify')];
	return [
		row(work('raw'), 'HTTP Request', 0.65, ratioOf(raw, times('HTTP Request'))),
		row(work('Simplify'), 'HTTP Request', 0.65, ratioOf(simplified, times('HTTP Request'))),
		row(work('raw'), 'the least a node can do', 1.1, ratioOf(raw, times('least node'))),
		row(work('raw'), 'bare loop', 1.5, ratioOf(raw, times(bareLoop))),
	];
}

function memoryRows({ memory }: Figures): Row[] {
	const peaks = (name: string) => (memory['100000']?.[name] ?? []).map(({ peak }) => peak);
	const kept = (name: string) => (memory['100000']?.[name] ?? []).map((each) => each.kept);
	if (peaks('HTTP Request').some((peak) => peak === 0)) return []; // only Linux says it
	const work = (name: string, what: string) => `Return All, 100,000 orders, ${name}: ${what}`;
	const shapes: Array<[string, string, number]> = [
		['raw', 'Uphance, raw', 0.6],
		['Simplify', 'Uphance, Simplify', 0.25],
	];
	return shapes.flatMap(([shape, name, goal]) => [
		row(work(shape, 'peak memory above idle'), 'HTTP Request', goal, ratioOf(peaks(name), peaks('HTTP Request'))),
		aside(
			work(shape, 'peak memory above idle'),
			'HTTP Request and Split Out',
			ratioOf(peaks(name), peaks('HTTP Request and Split Out')),
		),
		aside(work(shape, 'what the items hold'), 'HTTP Request', ratioOf(kept(name), kept('HTTP Request'))),
	]);
}

function webhookRows({ webhooks }: Figures): Row[] {
	const [own, other] = [webhooks['Uphance Trigger'] ?? [], webhooks.Webhook ?? []];
	const perSecond = ratioOf(
		own.map((volley) => volley.perSecond),
		other.map((volley) => volley.perSecond),
	);
	const slowest = (volleys: typeof own) => volleys.map(({ answers }) => quantile(answers, 0.99));
	const against = "n8n's Webhook node with one expression";
	return [
		row('webhooks accepted per second, 10 % repeated', against, 1, perSecond, true),
		row('webhooks: 99 % are answered within', against, 1, ratioOf(slowest(own), slowest(other))),
	];
}

function loadingRow({ loading }: Figures): Row {
	const own = median(loading.own);
	const like = likeOnes(loading);
	const [lowest, highest] = spread(loading.own);
	return {
		work: 'loading all nodes and the credential',
		against: `n8n's own nodes of like size: ${like.toFixed(0)} ms`,
		goal: '≤ 30 ms',
		found: `${own.toFixed(0)} ms, ${two(own / like)} of theirs`,
		spread: `${lowest.toFixed(0)} to ${highest.toFixed(0)} ms`,
		isMet: own <= 30,
	};
}

const exactRows = (checks: Check[]): Row[] =>
	checks
		.filter(({ name }) => /^(sign-ins|requests)|: requests/.test(name))
		.map((check) => ({
			work: check.name,
			against: '',
			goal: total(check.expected),
			found: total(check.found),
			spread: '',
			isMet: isRight(check),
		}));

/** A number, or how many requests are listed or counted. */
function total(value: unknown): string {
	if (Array.isArray(value)) return String(value.length);
	if (typeof value !== 'object' || value === null) return String(value);
	return String(Object.values(value).reduce((sum: number, count) => sum + Number(count), 0));
}
