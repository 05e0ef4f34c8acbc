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

function ownerOf({ functionName, url }: Profile['nodes'][number]['callFrame']): Owner {
	if (functionName === '(idle)') return 'idle';
	if (functionName === '(garbage collector)') return 'garbage';
	if (url.includes('/n8n-nodes-uphance/')) return 'ours';
	if (url.includes('/n8n-nodes-least/')) return 'least';
	if (functionName === 'transformResponse' || functionName === 'jsonParse') return 'reading';
	if (url.startsWith('node:')) return 'node';
	return url === '' ? 'program' : 'n8n';
}

/** Milliseconds for each owner: time in its own functions, not in those they call. */
export function timeByOwner({ nodes, samples, timeDeltas }: Profile): Record<Owner, number> {
	const ownerById = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]));
	const total = { ours: 0, least: 0, reading: 0, n8n: 0, node: 0, garbage: 0, program: 0, idle: 0 };
	samples.forEach((id, index) => {
		total[ownerById.get(id) ?? 'program'] += (timeDeltas[index] ?? 0) / 1000;
	});
	return total;
}

/** The functions that take most, with their milliseconds, for whoever looks for what to improve. */
export function costliest({ nodes, samples, timeDeltas }: Profile, count: number): Array<[string, number]> {
	const nameById = new Map(
		nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
			id,
			`${functionName || '(anonymous)'} ${url.split('/node_modules/').at(-1) ?? url}:${lineNumber + 1}`,
		]),
	);
	const total = new Map<string, number>();
	samples.forEach((id, index) => {
		const name = nameById.get(id) ?? '';
		total.set(name, (total.get(name) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
	});
	return [...total].sort(([, one], [, other]) => other - one).slice(0, count);
}
