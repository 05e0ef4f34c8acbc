import type { IDataObject } from 'n8n-workflow';
import { createdAfter, createdBefore } from '../../parameters/createdBetween';
import { documentRows } from '../../output/rows';
import { amount, dayOf, numberText, numbered, orNull } from '../../output/values';
import { readable } from '../../operations/readableResource';

/** users.md B2 */
const simplify = (each: IDataObject): IDataObject => ({
	id: orNull(each.id),
	return_number: numberText(each.return_number),
	rma_number: numberText(each.rma_number),
	created_at: orNull(each.created_at),
	order_number: numberText(each.order_number),
	carrier: orNull(each.carrier),
	tracking_number: numberText(each.tracking_number),
	total_quantity: orNull(each.total_quantity),
	total_tax: amount(each.total_tax),
	grand_total: amount(each.grand_total),
});

/** The list has no filter that is known (uphance-api.md 4.11); the node finds the moments itself. */
export const returned = readable({
	option: { name: 'Return', value: 'return', description: 'What customers sent back' },
	findable: {
		kind: {
			path: '/returns',
			listKey: 'returns',
			key: 'return',
			singular: 'return',
			plural: 'returns',
			example: '5004079',
		},
		label: 'Return',
		search: 'searchReturns',
		lookups: [],
		named: ({ return_number }) => `return ${String(return_number)}`,
	},
	idParameter: 'returnId',
	simplify,
	itemPer: documentRows(simplify),
	newestFirst: true,
	label: ({ return_number, rma_number, order_number, created_at }) => [
		numbered(return_number),
		rma_number,
		order_number && `order ${String(order_number)}`,
		dayOf(created_at),
	],
	filters: [createdAfter('returns'), createdBefore('returns')],
});
