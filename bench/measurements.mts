import type { Bench } from './bench.mts';
import type { Check } from './checks.mts';
import {
	executionsOf,
	requestsForGets,
	requestsForPages,
	requestsForPoll,
	signInsAtOnce,
	tarball,
	tarballSize,
} from './checks.mts';
import { getEach } from './getById.mts';
import type { Reading } from './returnAll.mts';
import { readEveryOrder } from './returnAll.mts';
import type { Loading } from './loadTimes.mts';
import { loadingTimes } from './loadTimes.mts';
import type { Memory } from './memory.mts';
import { memoryFor } from './memory.mts';
import type { Whereabouts } from './profile.mts';
import { whereTimeGoes } from './profile.mts';
import type { Volley } from './webhooks.mts';
import { acceptWebhooks } from './webhooks.mts';

/** Everything that a full run measures. */
export interface Figures {
	/** By the number of orders, then by contestant. */
	reading: Record<string, Record<string, Reading[]>>;
	memory: Record<string, Record<string, Memory[]>>;
	/** The same with executions stored. */
	stored: Record<string, Record<string, Memory[]>>;
	whereabouts: Whereabouts;
	gets: Record<string, number[]>;
	webhooks: Record<string, Volley[]>;
	loading: Loading;
	/** Bytes. */
	tarball: number;
	checks: Check[];
}

/** How much is done of everything. */
export const amounts = {
	/** Orders, and rounds of reading them; the last is read less often, so that a run takes minutes and no hour. */
	reading: [
		{ orders: 1_000, rounds: 9 },
		{ orders: 10_000, rounds: 9 },
		{ orders: 100_000, rounds: 7 },
	],
	memory: [
		{ orders: 1_000, rounds: 1 },
		{ orders: 10_000, rounds: 1 },
		{ orders: 100_000, rounds: 3 },
	],
	stored: [
		{ orders: 10_000, rounds: 1 },
		{ orders: 50_000, rounds: 1 },
	],
	gets: { count: 1_000, rounds: 7 },
	webhooks: { count: 150, rounds: 7 },
	loading: { rounds: 7 },
	signIns: 50,
	profiled: 10_000,
	polled: 100_000,
};

/** The contestants whose memory is measured: those of the goals, and what a user has to build to get records. */
export const remembering = ['Uphance, Simplify', 'Uphance, raw', 'HTTP Request', 'HTTP Request and Split Out'];

export const storing = ['Uphance, Simplify', 'Uphance, raw', 'HTTP Request and Split Out'];

const profiled = ['Uphance, Simplify', 'Uphance, raw', 'least node', 'HTTP Request'];

/** A full run: everything. */
export async function measureAll(bench: Bench): Promise<Figures> {
	const { gets, webhooks, loading } = amounts;
	const reading: Figures['reading'] = {};
	const checks: Check[] = [];
	for (const { orders, rounds } of amounts.reading) {
		reading[orders] = await readEveryOrder(bench, orders, rounds);
		checks.push(...(await requestsForPages(bench, orders)));
	}
	checks.push(...(await signInsAtOnce(bench, amounts.signIns)), ...(await requestsForPoll(bench, amounts.polled)));
	checks.push(...(await requestsForGets(bench, gets.count)));
	const got = await getEach(bench, gets.count, gets.rounds);
	const volleys = await acceptWebhooks(bench, webhooks.count, webhooks.rounds);
	const size = tarballSize();
	checks.push(...executionsOf(volleys, webhooks.count), ...tarball(size));
	const whereabouts = await whereTimeGoes(bench, profiled, amounts.profiled);
	const memory: Figures['memory'] = {};
	for (const { orders, rounds } of amounts.memory) memory[orders] = await memoryFor(bench, remembering, orders, rounds);
	const stored: Figures['stored'] = {};
	for (const { orders, rounds } of amounts.stored) {
		stored[orders] = await memoryFor(bench, storing, orders, rounds, true);
	}
	const loaded = loadingTimes(bench, loading.rounds);
	return { reading, memory, stored, whereabouts, gets: got, webhooks: volleys, loading: loaded, tarball: size, checks };
}

/** A quick run: what is the same on every machine, and that all contestants still bring the same. */
export async function checkExact(bench: Bench): Promise<Check[]> {
	const [orders, gets, deliveries] = [1_000, 100, 50];
	await readEveryOrder(bench, orders, 1);
	const volleys = await acceptWebhooks(bench, deliveries, 1);
	return [
		...(await requestsForPages(bench, orders)),
		...(await signInsAtOnce(bench, amounts.signIns)),
		...(await requestsForPoll(bench, amounts.polled)),
		...(await requestsForGets(bench, gets)),
		...executionsOf(volleys, deliveries),
		...tarball(tarballSize()),
	];
}
