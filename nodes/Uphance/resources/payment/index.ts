import { readableResource } from '../../operations/readableResource';
import { datePart } from '../../output/values';
import { afterIdFilter, createdBeforeFilter, createdSinceFilter } from '../../parameters/filters';
import { create } from './create';
import { paymentLookup } from './payment';

/** The resource Payment. */
export const payment = readableResource({
	option: { name: 'Payment', value: 'payment', description: 'Money received for a sales order' },
	lookup: paymentLookup,
	idParameter: 'paymentId',
	newestFirst: true,
	label: ({ reference, amount, source, date }) => [reference, amount, source, datePart(date)],
	operations: [create],
	filters: [
		afterIdFilter('payments'),
		createdSinceFilter('payments'),
		createdBeforeFilter('payments'),
		{
			type: 'id',
			recordFields: ['sale_id'],
			field: {
				displayName: 'Sales Order ID',
				name: 'order_id',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9005',
				description: 'Only payments for the sales order with this ID. The ID is not the number that people see.',
			},
		},
	],
});
