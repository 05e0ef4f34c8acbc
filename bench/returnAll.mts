import type { Bench } from './bench.mts';
import type { Report } from './benchN8n.mts';
import { alternating } from './samples.mts';
import { afterRun, everyOrder } from './workflows.mts';

export const perPage = 100;

/** One reading of every order. */
export interface Reading {
	/** Milliseconds for each page. */
	time: number;
	/** Of these, until the page was there; the bare loop alone knows. */
	arriving: number;
	records: number;
	ids: number;
}

/** The milliseconds of everything behind the trigger. */
export const timeOf = ({ nodes }: Report): number =>
	nodes.slice(1).reduce((total, { milliseconds }) => total + milliseconds, 0);

export const bareLoop = 'bare loop';

/**
 * Reads every order by each contestant in turn.
 *
 * @throws Error when one did not bring the same records as the bare loop: then it was not the same work
 */
export async function readEveryOrder(
	{ standIn, n8n, bare, credential, say }: Bench,
	orders: number,
	rounds: number,
): Promise<Record<string, Reading[]>> {
	await standIn.setOrders(orders);
	const pages = Math.ceil(orders / perPage);
	say(`Rendering ${pages} pages, once.`);
	const { records, ids } = await bare.everyOrder(standIn);
	say(`Reading ${orders} orders, ${rounds} rounds after one that warms up.`);
	const same = (name: string, reading: Reading): Reading => {
		if (reading.records === records && reading.ids === ids) return reading;
		throw new Error(`${name} brought ${reading.records} records of ${records}, or not the same.`);
	};
	const contestants: Record<string, () => Promise<Reading>> = {
		[bareLoop]: async () => {
			const { milliseconds, reading, ...brought } = await bare.everyOrder(standIn);
			return same(bareLoop, { time: milliseconds / pages, arriving: reading / pages, ...brought });
		},
	};
	for (const [name, nodes] of Object.entries(everyOrder(standIn.url))) {
		const workflow = await n8n.api.createWorkflow(afterRun(credential, nodes));
		contestants[name] = async () => {
			const report = await n8n.run(workflow);
			const last = report.nodes.at(-1);
			const brought = { records: last?.records ?? 0, ids: last?.ids ?? 0 };
			return same(name, { time: timeOf(report) / pages, arriving: NaN, ...brought });
		};
	}
	return await alternating(contestants, rounds);
}
