import type { Bench } from './bench.mts';
import { perPage } from './returnAll.mts';
import { afterRun, everyOrder } from './workflows.mts';

/** A CPU profile as V8's inspector gives it; times in microseconds. */
export interface Profile {
	nodes: Array<{ id: number; callFrame: { functionName: string; url: string; lineNumber: number } }>;
	samples: number[];
	timeDeltas: number[];
}

/** Whose time it is; V8 counts what its built-in functions take, such as JSON.parse, to who called them. */
export const owners = {
	ours: 'this package',
	least: 'the least node',
	reading: 'n8n: parsing JSON (Axios)',
	n8n: 'n8n: everything else',
	node: 'Node.js: sockets, streams, promises',
	garbage: 'collecting garbage',
	program: 'V8 and system calls, unattributed',
	idle: 'waiting for the server',
} as const;

export type Owner = keyof typeof owners;

const none = { ours: 0, least: 0, reading: 0, n8n: 0, node: 0, garbage: 0, program: 0, idle: 0 };

function ownerOf({ functionName, url }: Profile['nodes'][number]['callFrame']): Owner {
	if (functionName === '(idle)') return 'idle';
	if (functionName === '(garbage collector)') return 'garbage';
	if (url.includes('/n8n-nodes-uphance/')) return 'ours';
	if (url.includes('/n8n-nodes-least/')) return 'least';
	if (functionName === 'transformResponse' || functionName === 'jsonParse') return 'reading';
	if (url.startsWith('node:')) return 'node';
	return url === '' ? 'program' : 'n8n';
}

/** The profiler itself, when it begins and ends. */
const isProfiler = ({ url }: Profile['nodes'][number]['callFrame']): boolean => url.startsWith('node:inspector');

/** Milliseconds for each owner: time in its own functions, not in those they call. */
export function timeByOwner({ nodes, samples, timeDeltas }: Profile): Record<Owner, number> {
	const ownerById = new Map(
		nodes.map(({ id, callFrame }) => [id, isProfiler(callFrame) ? undefined : ownerOf(callFrame)]),
	);
	const total = { ...none };
	samples.forEach((id, index) => {
		const owner = ownerById.get(id);
		if (owner) total[owner] += (timeDeltas[index] ?? 0) / 1000;
	});
	return total;
}

/** By each contestant, in milliseconds for each page. */
export type Whereabouts = Record<string, Record<Owner, number>>;

/** Reads so many orders with n8n under the profiler, which slows all down by a little. */
export async function whereTimeGoes(
	{ standIn, n8n, credential, say }: Bench,
	names: string[],
	orders: number,
): Promise<Whereabouts> {
	say(`Profiling n8n while it reads ${orders} orders.`);
	await standIn.setOrders(orders);
	await n8n.restart({ BENCH_PROFILES: 'yes' });
	const whereabouts: Whereabouts = {};
	for (const name of names) {
		const workflow = await n8n.api.createWorkflow(afterRun(credential, everyOrder(standIn.url)[name] ?? []));
		for (let warming = 0; warming < 2; warming++) await n8n.run(workflow);
		const { profile } = await n8n.run(workflow);
		if (!profile) throw new Error('n8n brought no profile.');
		const total = Object.entries(timeByOwner(profile));
		whereabouts[name] = {
			...none,
			...Object.fromEntries(total.map(([owner, time]) => [owner, (time * perPage) / orders])),
		};
	}
	await n8n.restart();
	return whereabouts;
}
