import type { IDataObject } from 'n8n-workflow';
import { readableResource } from '../../operations/readableResource';
import { lineItemRows } from '../../output/lineItemRows';
import { toNumber, datePart, toText, formatNumber, orNull } from '../../output/values';
import { createdAfterFilter, createdBeforeFilter } from '../../parameters/filters';
import { skuCodes } from '../sku/skuCodes';

/** Returns the ten fields of a return that the next node usually needs. */
const simplify = (record: IDataObject): IDataObject => ({
	id: orNull(record.id),
	return_number: toText(record.return_number),
	rma_number: toText(record.rma_number),
	created_at: orNull(record.created_at),
	order_number: toText(record.order_number),
	carrier: orNull(record.carrier),
	tracking_number: toText(record.tracking_number),
	total_quantity: orNull(record.total_quantity),
	total_tax: toNumber(record.total_tax),
	grand_total: toNumber(record.grand_total),
});

/**
 * The resource Return. Its list has no known filter (docs/uphance.openapi.yaml: GET /returns), so the node applies the
 * filters by date itself.
 */
export const returned = readableResource({
	option: { name: 'Return', value: 'return', description: 'Goods that a customer sent back' },
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
	itemPer: lineItemRows(simplify, skuCodes),
	newestFirst: true,
	label: ({ return_number, rma_number, order_number, created_at }) => [
		formatNumber(return_number),
		rma_number,
		order_number && `order ${String(order_number)}`,
		datePart(created_at),
	],
	filters: [createdAfterFilter('returns'), createdBeforeFilter('returns')],
});
