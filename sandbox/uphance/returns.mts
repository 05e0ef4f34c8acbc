import type { Organisation } from './accounts.mts';
import { dayMs } from './dates.mts';
import { formatTimestamp } from './format.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { returnsPerOrder } from './history.mts';
import type { LineContent } from './lineItems.mts';
import { makeLineItems, getLines, sumLines } from './lineItems.mts';
import { MatchingOrders } from './matchingOrders.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import type { SalesOrders } from './salesOrders.mts';
import type { Switches } from './switches.mts';

/** Returns a function that lists the ordinals of an organisation's returns, each of one piece. */
export function listReturnOrdinals(orders: SalesOrders): (organisation: Organisation) => number[] {
	const returned = new MatchingOrders(orders, 'return');
	return (organisation) =>
		returned
			.listOrdinals(organisation)
			.flatMap((ordinal) =>
				Array.from(
					{ length: orders.history.count('return', organisation, ordinal) },
					(_, position) => ordinal * returnsPerOrder + position,
				),
			);
}

/** Returns the order of a return, and its lines: one piece of the order's first line. */
export function getReturnedLines(organisation: Organisation, ordinal: number, orders: SalesOrders) {
	const order = orders.get(organisation, Math.floor(ordinal / returnsPerOrder));
	const line = getLines(order).slice(0, 1);
	const lines = line.map((content): LineContent => {
		const pieces = content.line_quantities.flatMap((each) => Array.from({ length: each.quantity }, () => each));
		const piece = pieces[ordinal % returnsPerOrder];
		return { ...content, line_quantities: piece ? [{ ...piece, quantity: 1 }] : [] };
	});
	return { order, lines };
}

/** Returns when a return was created. */
export function returnTime(organisation: Organisation, ordinal: number, { history }: SalesOrders): number {
	const { firstReturnAt } = history.order(organisation, Math.floor(ordinal / returnsPerOrder));
	return firstReturnAt + (ordinal % returnsPerOrder) * dayMs;
}

/** Returns of shipped orders. No filter is known (`docs/uphance.openapi.yaml: GET /returns`). */
export function returnRecords(orders: SalesOrders, switches: Switches): GeneratedRecords {
	return {
		path: '/returns',
		singularKey: 'return',
		listKey: 'returns',
		documentedEnvelope: 'plural',
		firstId: firstIds.returns,
		perPage: 100,
		listOrdinals: listReturnOrdinals(orders),
		generate(organisation, ordinal) {
			const id = getRecordId(firstIds.returns, organisation, ordinal);
			const { order, lines } = getReturnedLines(organisation, ordinal, orders);
			const created = returnTime(organisation, ordinal, orders);
			return {
				id,
				created_at: formatTimestamp(created, switches),
				updated_at: formatTimestamp(created + 3_600_000, switches),
				...sumLines(lines),
				tracking_number: ordinal % 2 === 0 ? `RT${id}` : '',
				carrier: ordinal % 2 === 0 ? 'DHL' : null,
				rma_number: `RMA-${1000 + ordinal}`,
				organisation_id: organisation.id,
				return_number: 1000 + ordinal,
				order_number: Number(order.order_number),
				tax_calc_method: 'SUB_TOTAL',
				line_items: makeLineItems(id, lines),
			};
		},
		buildFilters: () => [],
	};
}
