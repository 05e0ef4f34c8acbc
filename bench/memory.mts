import type { Bench } from './bench.mts';
import { afterRun, everyOrder, storedAfterRun } from './workflows.mts';

/** One reading of every order in an n8n that did nothing else before but warm up; in bytes above what it had before. */
export interface Memory {
	/** At most, of the whole process. */
	peak: number;
	/** What the items that came out hold on the heap. */
	kept: number;
}

/** Reads so many orders, each time in a fresh n8n. @param names of the contestants @param stored whether n8n stores the execution */
export async function memoryFor(
	{ standIn, n8n, credential, say }: Bench,
	names: string[],
	orders: number,
	rounds: number,
	stored = false,
): Promise<Record<string, Memory[]>> {
	const measured: Record<string, Memory[]> = Object.fromEntries(names.map((name) => [name, []]));
	say(
		`Memory for ${orders} orders${stored ? ', stored' : ''}, ${rounds} rounds, a fresh n8n for each of ${names.length}.`,
	);
	for (let round = 0; round < rounds; round++) {
		for (const name of names) {
			await n8n.restart();
			const nodes = everyOrder(standIn.url)[name] ?? [];
			const workflow = await n8n.api.createWorkflow((stored ? storedAfterRun : afterRun)(credential, nodes));
			await standIn.setOrders(1_000);
			await n8n.run(workflow);
			await standIn.setOrders(orders);
			const { peak, kept } = await n8n.run(workflow);
			measured[name]?.push({ peak, kept });
		}
	}
	return measured;
}
