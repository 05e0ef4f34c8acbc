import type { Bench } from './bench.mts';
import { getDuration } from './returnAll.mts';
import { measureInTurns } from './samples.mts';
import { buildManualWorkflow, getByIdContestants } from './workflows.mts';

/** Returns ids of orders of the stand-in: from the second order, every third number. */
export const makeOrderIds = (count: number): Array<{ order: number }> =>
	Array.from({ length: count }, (_, index) => ({ order: 9042 + 3 * index }));

/**
 * Measures the milliseconds that each contestant needs to get orders by id, one per item.
 *
 * @throws Error if an order is missing
 */
export async function measureGets(
	{ standIn, n8n, credential, print }: Bench,
	count: number,
	rounds: number,
): Promise<Record<string, number[]>> {
	print(`Getting ${count} orders by ID, ${rounds} rounds after a warm-up round.`);
	const contestants: Record<string, () => Promise<number>> = {};
	for (const [name, nodes] of Object.entries(getByIdContestants(standIn.url))) {
		const workflow = await n8n.api.createWorkflow(buildManualWorkflow(credential, nodes, makeOrderIds(count)));
		contestants[name] = async () => {
			const report = await n8n.run(workflow);
			const ids = makeOrderIds(count).reduce((sum, { order }) => sum + order, 0);
			if (report.nodes.at(-1)?.idSum !== ids) throw new Error(`${name} did not return the ${count} requested orders.`);
			return getDuration(report);
		};
	}
	return await measureInTurns(contestants, rounds);
}
