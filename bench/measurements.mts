import type { Bench } from './bench.mts';
import type { Check } from './checks.mts';
import {
	checkWebhookExecutions,
	checkGetRequests,
	checkPageRequests,
	checkPollRequests,
	checkConcurrentSignIns,
	checkTarball,
	measureTarball,
} from './checks.mts';
import { measureGets } from './getById.mts';
import type { LatencyTimes } from './latency.mts';
import { checkSingleRequests, measureLatency } from './latency.mts';
import type { LoadTimes } from './loadTimes.mts';
import { measureLoadTimes } from './loadTimes.mts';
import { checkLookupRequests } from './lookups.mts';
import type { MemoryUse } from './memory.mts';
import { measureMemory } from './memory.mts';
import type { CpuTime } from './profile.mts';
import { profileCpuTime } from './profile.mts';
import type { ReadResult } from './returnAll.mts';
import { measureReturnAll } from './returnAll.mts';
import type { WebhookRound } from './webhooks.mts';
import { measureWebhooks } from './webhooks.mts';

/** The results of a full run. */
export interface Measurements {
	/** By number of orders, then by contestant. */
	returnAll: Record<string, Record<string, ReadResult[]>>;
	memory: Record<string, Record<string, MemoryUse[]>>;
	/** Like `memory`, with executions stored by n8n. */
	storedMemory: Record<string, Record<string, MemoryUse[]>>;
	cpuTime: CpuTime;
	/** Milliseconds for all Gets of a round, by contestant. */
	gets: Record<string, number[]>;
	/** Single operations with a stand-in whose answers take a while. */
	latency: LatencyTimes;
	webhooks: Record<string, WebhookRound[]>;
	loadTimes: LoadTimes;
	/** Size of the tarball that npm would publish. */
	tarballBytes: number;
	checks: Check[];
}

/** The size of each measurement. */
export const workloads = {
	/** Fewer rounds for 100,000 orders, so that a full run takes minutes. */
	returnAll: [
		{ orders: 1_000, rounds: 9 },
		{ orders: 10_000, rounds: 9 },
		{ orders: 100_000, rounds: 7 },
	],
	memory: [
		{ orders: 1_000, rounds: 1 },
		{ orders: 10_000, rounds: 1 },
		{ orders: 100_000, rounds: 3 },
	],
	storedMemory: [
		{ orders: 10_000, rounds: 1 },
		{ orders: 50_000, rounds: 1 },
	],
	gets: { count: 1_000, rounds: 7 },
	latency: { rounds: 9 },
	webhooks: { count: 150, rounds: 7 },
	loadTimes: { rounds: 7 },
	/** Numbers of products among which orders look for SKU numbers. */
	lookups: [1_000, 20_000],
	/** Number of executions that start at once. */
	signIns: 50,
	/** Number of orders read under the profiler. */
	profiled: 10_000,
	/** Number of orders in the polled list. */
	polled: 100_000,
};

/**
 * The contestants whose memory is measured: those with a goal, and what users need without this package to get records.
 */
export const memoryContestants = ['Uphance, Simplify', 'Uphance, raw', 'HTTP Request', 'HTTP Request and Split Out'];

export const storedMemoryContestants = ['Uphance, Simplify', 'Uphance, raw', 'HTTP Request and Split Out'];

const profiledContestants = ['Uphance, Simplify', 'Uphance, raw', 'least node', 'HTTP Request'];

/** Runs all measurements and checks; takes about twenty minutes. */
export async function measureAll(bench: Bench): Promise<Measurements> {
	const returnAll: Measurements['returnAll'] = {};
	const checks: Check[] = [];
	for (const { orders, rounds } of workloads.returnAll) {
		returnAll[orders] = await measureReturnAll(bench, orders, rounds);
		checks.push(...(await checkPageRequests(bench, orders)));
	}
	checks.push(
		...(await checkConcurrentSignIns(bench, workloads.signIns)),
		...(await checkPollRequests(bench, workloads.polled)),
	);
	checks.push(...(await checkGetRequests(bench, workloads.gets.count)));
	const gets = await measureGets(bench, workloads.gets.count, workloads.gets.rounds);
	const latency = await measureLatency(bench, workloads.latency.rounds);
	checks.push(...(await checkSingleRequests(bench)));
	for (const products of workloads.lookups) checks.push(...(await checkLookupRequests(bench, products)));
	const webhooks = await measureWebhooks(bench, workloads.webhooks.count, workloads.webhooks.rounds);
	const tarballBytes = measureTarball();
	checks.push(...checkWebhookExecutions(webhooks, workloads.webhooks.count), ...checkTarball(tarballBytes));
	const cpuTime = await profileCpuTime(bench, profiledContestants, workloads.profiled);
	const memory: Measurements['memory'] = {};
	for (const { orders, rounds } of workloads.memory)
		memory[orders] = await measureMemory(bench, memoryContestants, orders, rounds);
	const storedMemory: Measurements['storedMemory'] = {};
	for (const { orders, rounds } of workloads.storedMemory) {
		storedMemory[orders] = await measureMemory(bench, storedMemoryContestants, orders, rounds, true);
	}
	const loadTimes = measureLoadTimes(bench, workloads.loadTimes.rounds);
	return { returnAll, memory, storedMemory, cpuTime, gets, latency, webhooks, loadTimes, tarballBytes, checks };
}

/**
 * Runs the checks whose results are the same on every machine, and checks that all contestants read the same records.
 */
export async function checkExact(bench: Bench): Promise<Check[]> {
	const [orders, gets, deliveries] = [1_000, 100, 50];
	await measureReturnAll(bench, orders, 1);
	const webhookRounds = await measureWebhooks(bench, deliveries, 1);
	return [
		...(await checkPageRequests(bench, orders)),
		...(await checkConcurrentSignIns(bench, workloads.signIns)),
		...(await checkPollRequests(bench, workloads.polled)),
		...(await checkGetRequests(bench, gets)),
		...(await checkSingleRequests(bench)),
		...(await checkLookupRequests(bench, 1_000)),
		...checkWebhookExecutions(webhookRounds, deliveries),
		...checkTarball(measureTarball()),
	];
}
