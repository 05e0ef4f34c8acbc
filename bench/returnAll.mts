import type { Bench } from './bench.mts';
import type { RunReport } from './benchN8n.mts';
import { measureInTurns } from './samples.mts';
import { buildManualWorkflow, getReturnAllContestants } from './workflows.mts';

export const perPage = 100;

/** The result of reading every order once. */
export interface ReadResult {
	/** Milliseconds per page. */
	msPerPage: number;
	/** The part of these until the page had arrived; NaN except for the bare loop. */
	fetchMsPerPage: number;
	records: number;
	/** Sum of the records' ids. */
	idSum: number;
}

/** Returns the milliseconds of all nodes after the trigger. */
export const getDuration = ({ nodes }: RunReport): number =>
	nodes.slice(1).reduce((total, { milliseconds }) => total + milliseconds, 0);

export const bareLoop = 'bare loop';

/**
 * Measures how long each contestant needs to read every order.
 *
 * @throws Error if a contestant does not return the same records as the bare loop
 */
export async function measureReturnAll(
	{ standIn, n8n, bare, credential, print }: Bench,
	orders: number,
	rounds: number,
): Promise<Record<string, ReadResult[]>> {
	await standIn.setOrders(orders);
	const pages = Math.ceil(orders / perPage);
	print(`Rendering ${pages} pages, once.`);
	const { records, idSum } = await bare.readEveryOrder(standIn);
	print(`Reading ${orders} orders, ${rounds} rounds after a warm-up round.`);
	const assertSameRecords = (name: string, result: ReadResult): ReadResult => {
		if (result.records === records && result.idSum === idSum) return result;
		throw new Error(`${name} returned other records than the bare loop: ${result.records}, expected ${records}.`);
	};
	const contestants: Record<string, () => Promise<ReadResult>> = {
		[bareLoop]: async () => {
			const { milliseconds, fetchMilliseconds, ...totals } = await bare.readEveryOrder(standIn);
			return assertSameRecords(bareLoop, {
				msPerPage: milliseconds / pages,
				fetchMsPerPage: fetchMilliseconds / pages,
				...totals,
			});
		},
	};
	for (const [name, nodes] of Object.entries(getReturnAllContestants(standIn.url))) {
		const workflow = await n8n.api.createWorkflow(buildManualWorkflow(credential, nodes));
		contestants[name] = async () => {
			const report = await n8n.run(workflow);
			const last = report.nodes.at(-1);
			const totals = { records: last?.records ?? 0, idSum: last?.idSum ?? 0 };
			return assertSameRecords(name, { msPerPage: getDuration(report) / pages, fetchMsPerPage: NaN, ...totals });
		};
	}
	return await measureInTurns(contestants, rounds);
}
