import { createdAt } from './dates.mts';
import { lineItems, totals } from './lineItems.mts';
import { timestamp } from './format.mts';
import { firstIds, recordId } from './recordIds.mts';
import { returned, returnPlaces, times } from './returns.mts';
import type { Row } from './generatedRecords.mts';
import { sinceId } from './generatedRecords.mts';
import type { SalesOrders } from './salesOrders.mts';
import type { Switches } from './switches.mts';

/** GET /credit_notes (uphance-api.md 4.8): one for each return; there is neither a channel nor a customer in them. */
export function creditNotes(orders: SalesOrders, switches: Switches): Row {
	return {
		path: '/credit_notes',
		one: 'credit_note',
		many: 'credit_notes',
		documented: 'plural',
		firstId: firstIds.creditNotes,
		perPage: 100,
		places: returnPlaces(orders),
		at(organisation, place) {
			const id = recordId(firstIds.creditNotes, organisation, place);
			const { order, contents } = returned(organisation, place, orders);
			const created = createdAt(Math.floor(place / times), 25 + (place % times));
			const sums = totals(contents);
			const isRefunded = place % 2 === 0;
			return {
				id,
				created_at: timestamp(created, switches),
				updated_at: timestamp(created + 3_600_000, switches),
				...sums,
				overpayment: place % 3 === 0 ? null : '0.0',
				reference: [null, '', `CR ${1000 + place}`][place % 3],
				total_credited: '0.0',
				total_refunded: isRefunded ? sums.grand_total : '0.0',
				amount_outstanding: isRefunded ? '0.0' : sums.grand_total,
				settlement_discount_percentage: '0.0',
				freeform_amount: place % 3 === 0 ? '0.0' : null,
				freeform_description: '',
				freeform_tax: place % 3 === 0 ? '0.0' : null,
				organisation_id: organisation.id,
				credit_note_number: 3000 + place,
				order_number: Number(order.order_number),
				warehouse_name: order.warehouse_name ?? 'Primary warehouse',
				line_items: lineItems(id, contents),
			};
		},
		filters: (organisation, query) => [sinceId(firstIds.creditNotes, organisation, query)],
	};
}
