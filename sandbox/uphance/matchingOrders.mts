import type { Organisation } from './accounts.mts';
import type { OrderRecord } from './history.mts';
import type { SalesOrders } from './salesOrders.mts';

/**
 * The generated orders that have a record of a type, e.g. an invoice. Excludes orders created since the start,
 * which have no invoices, pick tickets or payments yet.
 */
export class MatchingOrders {
	/** By organisation id. Searching a million orders is fast enough once, but not for each request. */
	private readonly cache = new Map<number, { stateKey: string; ordinals: number[] }>();

	constructor(
		private readonly orders: SalesOrders,
		private readonly type: OrderRecord,
	) {}

	/** Returns the ordinals of the matching orders, ascending. */
	listOrdinals(organisation: Organisation): number[] {
		const created = new Set(this.orders.listCreatedOrdinals(organisation));
		const appended = this.orders.listAppendedRanges(organisation);
		const stateKey = `${organisation.orders} ${[...created].join()} ${appended.map(({ from, to }) => `${from}-${to}`).join()}`;
		const cached = this.cache.get(organisation.id);
		if (cached?.stateKey === stateKey) return cached.ordinals;
		const firstAppended = Math.min(...appended.map(({ from }) => from));
		const ordinals: number[] = [];
		for (let ordinal = 0; ordinal < organisation.orders; ordinal += 1) {
			const isAppended = ordinal >= firstAppended && appended.some(({ from, to }) => ordinal >= from && ordinal < to);
			const isNew = created.has(ordinal) || isAppended;
			if (!isNew && this.orders.history.count(this.type, organisation, ordinal) > 0) ordinals.push(ordinal);
		}
		this.cache.set(organisation.id, { stateKey, ordinals });
		return ordinals;
	}
}
