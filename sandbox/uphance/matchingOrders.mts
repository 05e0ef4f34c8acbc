import type { Organisation } from './accounts.mts';
import type { SalesOrders } from './salesOrders.mts';

/** Where the made-up orders of some kind are; those placed since the start have no invoices, pick tickets or payments. */
export class OrderPlaces {
	/** Looking through a million orders once is quick, for each request it would not be. */
	private readonly known = new Map<number, { state: string; places: number[] }>();

	constructor(
		private readonly orders: SalesOrders,
		private readonly isMeant: (place: number) => boolean,
	) {}

	of(organisation: Organisation): number[] {
		const created = new Set(this.orders.createdPlaces(organisation));
		const appended = this.orders.appendedPlaces(organisation);
		const state = `${organisation.orders} ${[...created].join()} ${appended.map(({ from, to }) => `${from}-${to}`).join()}`;
		const known = this.known.get(organisation.id);
		if (known?.state === state) return known.places;
		const firstAppended = Math.min(...appended.map(({ from }) => from));
		const places: number[] = [];
		for (let place = 0; place < organisation.orders; place += 1) {
			const isAppended = place >= firstAppended && appended.some(({ from, to }) => place >= from && place < to);
			const isNew = created.has(place) || isAppended;
			if (this.isMeant(place) && !isNew) places.push(place);
		}
		this.known.set(organisation.id, { state, places });
		return places;
	}
}
