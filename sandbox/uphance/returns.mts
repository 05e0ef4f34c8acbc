import type { Organisation } from './accounts.mts';
import { createdAt } from './dates.mts';
import type { Content } from './lineItems.mts';
import { lineItems, linesOf, totals } from './lineItems.mts';
import { OrderPlaces } from './matchingOrders.mts';
import { timestamp } from './format.mts';
import { firstIds, recordId } from './recordIds.mts';
import type { Row } from './generatedRecords.mts';
import type { SalesOrders } from './salesOrders.mts';
import { isShipped } from './salesOrders.mts';
import type { Switches } from './switches.mts';

/** How often something comes back of each order that was shipped: one piece a time. */
export const times = 5;

/** Where returns are: the first five are of the first shipped order, and so on. */
export function returnPlaces(orders: SalesOrders): (organisation: Organisation) => number[] {
	const shipped = new OrderPlaces(orders, isShipped);
	return (organisation) =>
		shipped.of(organisation).flatMap((place) => Array.from({ length: times }, (_, time) => place * times + time));
}

/** What came back with the return at a place: its order and one piece of that. */
export function returned(organisation: Organisation, place: number, orders: SalesOrders) {
	const order = orders.at(organisation, Math.floor(place / times));
	const line = linesOf(order).slice(0, 1);
	const contents = line.map((content): Content => {
		const pieces = content.line_quantities.flatMap((each) => Array.from({ length: each.quantity }, () => each));
		const piece = pieces[place % times];
		return { ...content, line_quantities: piece ? [{ ...piece, quantity: 1 }] : [] };
	});
	return { order, contents };
}

/** GET /returns (uphance-api.md 4.11): no filter is known. */
export function returns(orders: SalesOrders, switches: Switches): Row {
	return {
		path: '/returns',
		one: 'return',
		many: 'returns',
		documented: 'plural',
		firstId: firstIds.returns,
		perPage: 100,
		places: returnPlaces(orders),
		at(organisation, place) {
			const id = recordId(firstIds.returns, organisation, place);
			const { order, contents } = returned(organisation, place, orders);
			const created = createdAt(Math.floor(place / times), 20 + (place % times));
			return {
				id,
				created_at: timestamp(created, switches),
				updated_at: timestamp(created + 3_600_000, switches),
				...totals(contents),
				tracking_number: place % 2 === 0 ? `RT${id}` : '',
				carrier: place % 2 === 0 ? 'DHL' : null,
				rma_number: `RMA-${1000 + place}`,
				organisation_id: organisation.id,
				return_number: 1000 + place,
				order_number: Number(order.order_number),
				tax_calc_method: 'SUB_TOTAL',
				line_items: lineItems(id, contents),
			};
		},
		filters: () => [],
	};
}
