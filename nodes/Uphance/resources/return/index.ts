import type { IDataObject } from 'n8n-workflow';
import { createdAfterFilter, createdBeforeFilter } from '../../parameters/filters';
import { lineItemRows } from '../../output/rows';
import { toNumber, datePart, toText, formatNumber, orNull } from '../../output/values';
import { readableResource } from '../../operations/readableResource';

/** users.md B2 */
const simplify = (each: IDataObject): IDataObject => ({
	id: orNull(each.id),
	return_number: toText(each.return_number),
	rma_number: toText(each.rma_number),
	created_at: orNull(each.created_at),
	order_number: toText(each.order_number),
	carrier: orNull(each.carrier),
	tracking_number: toText(each.tracking_number),
	total_quantity: orNull(each.total_quantity),
	total_tax: toNumber(each.total_tax),
	grand_total: toNumber(each.grand_total),
});

/** The list has no filter that is known (uphance-api.md 4.11); the node finds the moments itself. */
export const returned = readableResource({
	option: { name: 'Return', value: 'return', description: 'What customers sent back' },
	lookup: {
		recordType: {
			path: '/returns',
			listKey: 'returns',
			singularKey: 'return',
			singular: 'return',
			plural: 'returns',
			namesOrganisation: true,
			example: '5004079',
		},
		label: 'Return',
		listSearchMethod: 'searchReturns',
		lookups: [],
		describe: ({ return_number }) => `return ${String(return_number)}`,
	},
	idParameter: 'returnId',
	simplify,
	itemPer: lineItemRows(simplify),
	newestFirst: true,
	label: ({ return_number, rma_number, order_number, created_at }) => [
		formatNumber(return_number),
		rma_number,
		order_number && `order ${String(order_number)}`,
		datePart(created_at),
	],
	filters: [createdAfterFilter('returns'), createdBeforeFilter('returns')],
});
