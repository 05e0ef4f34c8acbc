/*
 * Reads every page over a kept-alive connection and does nothing else: the lower bound for the time. Runs in the
 * Node.js that n8n uses, in a process that stays warm between runs, like n8n.
 */

export interface LoopRequest {
	url: string;
	token: string;
}

export interface LoopResult {
	milliseconds: number;
	/** The part of these until the last byte of every page had arrived: server, network and fetch. */
	fetchMilliseconds: number;
	records: number;
	/** Sum of the records' ids, to compare the records of contestants. */
	idSum: number;
}

interface Page {
	sales_orders: Array<{ id: number }>;
	meta: { next_page: number | null };
}

export async function readEveryOrder({ url, token }: LoopRequest): Promise<LoopResult> {
	const orders: Page['sales_orders'] = [];
	const started = performance.now();
	let fetchMilliseconds = 0;
	for (let page: number | null = 1; page; ) {
		const requestedAt = performance.now();
		const response = await fetch(`${url}/sales_orders?page=${page}`, { headers: { authorization: `Bearer ${token}` } });
		const text = await response.text();
		fetchMilliseconds += performance.now() - requestedAt;
		const { sales_orders, meta }: Page = JSON.parse(text);
		for (const order of sales_orders) orders.push(order);
		page = meta.next_page;
	}
	const milliseconds = performance.now() - started;
	return {
		milliseconds,
		fetchMilliseconds,
		records: orders.length,
		idSum: orders.reduce((sum, { id }) => sum + id, 0),
	};
}

process.on('message', (request: LoopRequest) => {
	globalThis.gc?.();
	void readEveryOrder(request).then((result) => process.send?.(result));
});
