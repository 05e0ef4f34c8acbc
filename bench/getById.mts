import type { Bench } from './bench.mts';
import { timeOf } from './returnAll.mts';
import { alternating } from './samples.mts';
import { afterRun, orderById } from './workflows.mts';

/** Ids of the stand-in's orders: every third number from the second on. */
export const orderIds = (count: number): Array<{ order: number }> =>
	Array.from({ length: count }, (_, index) => ({ order: 9042 + 3 * index }));

/** Milliseconds for so many orders by id, one for each item, by each contestant in turn. @throws Error when one is missing */
export async function getEach(
	{ standIn, n8n, credential, say }: Bench,
	count: number,
	rounds: number,
): Promise<Record<string, number[]>> {
	say(`Getting ${count} orders by ID, ${rounds} rounds after one that warms up.`);
	const contestants: Record<string, () => Promise<number>> = {};
	for (const [name, nodes] of Object.entries(orderById(standIn.url))) {
		const workflow = await n8n.api.createWorkflow(afterRun(credential, nodes, orderIds(count)));
		contestants[name] = async () => {
			const report = await n8n.run(workflow);
			const ids = orderIds(count).reduce((sum, { order }) => sum + order, 0);
			if (report.nodes.at(-1)?.ids !== ids) throw new Error(`${name} did not bring the ${count} orders asked for.`);
			return timeOf(report);
		};
	}
	return await alternating(contestants, rounds);
}
