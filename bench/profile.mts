import type { Bench } from './bench.mts';
import { perPage } from './returnAll.mts';
import { buildManualWorkflow, getReturnAllContestants } from './workflows.mts';

/** A CPU profile of V8's inspector; times are in microseconds. */
export interface Profile {
	nodes: Array<{ id: number; callFrame: { functionName: string; url: string; lineNumber: number } }>;
	samples: number[];
	timeDeltas: number[];
}

/** Categories of CPU time. V8 adds the time of built-in functions, such as JSON.parse, to their caller. */
export const cpuCategories = {
	ours: 'this package',
	least: 'the least node',
	reading: 'n8n: parsing JSON (Axios)',
	n8n: 'n8n: everything else',
	node: 'Node.js: sockets, streams, promises',
	garbage: 'collecting garbage',
	program: 'V8 and system calls, unattributed',
	idle: 'waiting for the server',
} as const;

export type CpuCategory = keyof typeof cpuCategories;

const zeroTimes = { ours: 0, least: 0, reading: 0, n8n: 0, node: 0, garbage: 0, program: 0, idle: 0 };

function classify({ functionName, url }: Profile['nodes'][number]['callFrame']): CpuCategory {
	if (functionName === '(idle)') return 'idle';
	if (functionName === '(garbage collector)') return 'garbage';
	if (url.includes('/n8n-nodes-uphance/')) return 'ours';
	if (url.includes('/n8n-nodes-least/')) return 'least';
	if (functionName === 'transformResponse' || functionName === 'jsonParse') return 'reading';
	if (url.startsWith('node:')) return 'node';
	return url === '' ? 'program' : 'n8n';
}

/** Returns whether a frame belongs to the profiler itself. */
const isProfiler = ({ url }: Profile['nodes'][number]['callFrame']): boolean => url.startsWith('node:inspector');

/** Returns the milliseconds per category, without the time in called functions. */
export function sumByCategory({ nodes, samples, timeDeltas }: Profile): Record<CpuCategory, number> {
	const categoryById = new Map(
		nodes.map(({ id, callFrame }) => [id, isProfiler(callFrame) ? undefined : classify(callFrame)]),
	);
	const total = { ...zeroTimes };
	samples.forEach((id, index) => {
		const category = categoryById.get(id);
		if (category) total[category] += (timeDeltas[index] ?? 0) / 1000;
	});
	return total;
}

/** By contestant, then by category: milliseconds per page. */
export type CpuTime = Record<string, Record<CpuCategory, number>>;

/** Profiles n8n while each contestant reads all orders. The profiler slows all of them down slightly. */
export async function profileCpuTime(
	{ standIn, n8n, credential, print }: Bench,
	names: string[],
	orders: number,
): Promise<CpuTime> {
	print(`Profiling n8n while it reads ${orders} orders.`);
	await standIn.setOrders(orders);
	await n8n.restart({ BENCH_PROFILES: 'yes' });
	const cpuTime: CpuTime = {};
	for (const name of names) {
		const workflow = await n8n.api.createWorkflow(
			buildManualWorkflow(credential, getReturnAllContestants(standIn.url)[name] ?? []),
		);
		for (let warmUp = 0; warmUp < 2; warmUp++) await n8n.run(workflow);
		const { profile } = await n8n.run(workflow);
		if (!profile) throw new Error('n8n returned no profile.');
		const total = Object.entries(sumByCategory(profile));
		cpuTime[name] = {
			...zeroTimes,
			...Object.fromEntries(total.map(([category, time]) => [category, (time * perPage) / orders])),
		};
	}
	await n8n.restart();
	return cpuTime;
}
