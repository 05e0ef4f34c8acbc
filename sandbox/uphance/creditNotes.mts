import { dayMs } from './dates.mts';
import { formatTimestamp } from './format.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { sinceIdFilter } from './generatedRecords.mts';
import { makeLineItems, sumLines } from './lineItems.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import { getReturnedLines, listReturnOrdinals, returnTime } from './returns.mts';
import type { SalesOrders } from './salesOrders.mts';
import type { Switches } from './switches.mts';

/** One credit note per return. It names no channel and no customer (`docs/uphance.openapi.yaml: GET /credit_notes`). */
export function creditNoteRecords(orders: SalesOrders, switches: Switches): GeneratedRecords {
	return {
		path: '/credit_notes',
		singularKey: 'credit_note',
		listKey: 'credit_notes',
		documentedEnvelope: 'plural',
		firstId: firstIds.creditNotes,
		perPage: 100,
		listOrdinals: listReturnOrdinals(orders),
		generate(organisation, ordinal) {
			const id = getRecordId(firstIds.creditNotes, organisation, ordinal);
			const { order, lines } = getReturnedLines(organisation, ordinal, orders);
			const created = returnTime(organisation, ordinal, orders) + 5 * dayMs;
			const totals = sumLines(lines);
			const isRefunded = ordinal % 2 === 0;
			return {
				id,
				created_at: formatTimestamp(created, switches),
				updated_at: formatTimestamp(created + 3_600_000, switches),
				...totals,
				overpayment: ordinal % 3 === 0 ? null : '0.0',
				reference: [null, '', `CR ${1000 + ordinal}`][ordinal % 3],
				total_credited: '0.0',
				total_refunded: isRefunded ? totals.grand_total : '0.0',
				amount_outstanding: isRefunded ? '0.0' : totals.grand_total,
				settlement_discount_percentage: '0.0',
				freeform_amount: ordinal % 3 === 0 ? '0.0' : null,
				freeform_description: '',
				freeform_tax: ordinal % 3 === 0 ? '0.0' : null,
				organisation_id: organisation.id,
				credit_note_number: 3000 + ordinal,
				order_number: Number(order.order_number),
				warehouse_name: order.warehouse_name ?? 'Primary warehouse',
				line_items: makeLineItems(id, lines),
			};
		},
		buildFilters: (organisation, query) => [sinceIdFilter(firstIds.creditNotes, organisation, query)],
	};
}
