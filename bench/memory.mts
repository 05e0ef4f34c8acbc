import type { Bench } from './bench.mts';
import { buildManualWorkflow, getReturnAllContestants, buildStoredWorkflow } from './workflows.mts';

/** Growth of n8n's memory while it reads every order once, after a restart and a warm-up. */
export interface MemoryUse {
	/** Growth of the process's peak memory. */
	peakBytes: number;
	/** Growth of the heap: the memory of the output items. */
	heapBytes: number;
}

/**
 * Measures memory for reading orders. Restarts n8n before each run.
 *
 * @param names the contestants
 * @param isStored whether n8n stores the executions
 */
export async function measureMemory(
	{ standIn, n8n, credential, print }: Bench,
	names: string[],
	orders: number,
	rounds: number,
	isStored = false,
): Promise<Record<string, MemoryUse[]>> {
	const measured: Record<string, MemoryUse[]> = Object.fromEntries(names.map((name) => [name, []]));
	print(
		`Memory for ${orders} orders${isStored ? ', stored' : ''}, ${rounds} rounds, a fresh n8n for each of ${names.length}.`,
	);
	for (let round = 0; round < rounds; round++) {
		for (const name of names) {
			await n8n.restart();
			const nodes = getReturnAllContestants(standIn.url)[name] ?? [];
			const workflow = await n8n.api.createWorkflow(
				(isStored ? buildStoredWorkflow : buildManualWorkflow)(credential, nodes),
			);
			await standIn.setOrders(1_000);
			await n8n.run(workflow);
			await standIn.setOrders(orders);
			const { peakBytes, heapBytes } = await n8n.run(workflow);
			measured[name]?.push({ peakBytes, heapBytes });
		}
	}
	return measured;
}
