import { createdBefore } from '../../parameters/createdBetween';
import { afterId, createdSince } from '../../parameters/filters';
import { dayOf } from '../../output/values';
import { readable } from '../../operations/readableResource';
import { create } from './create';
import { payment as findable } from './payment';

export const payment = readable({
	option: { name: 'Payment', value: 'payment', description: 'Money received for a sales order' },
	findable,
	idParameter: 'paymentId',
	newestFirst: true,
	label: ({ reference, amount, source, date }) => [reference, amount, source, dayOf(date)],
	operations: [create],
	filters: [
		afterId('payments'),
		createdSince('payments'),
		createdBefore('payments'),
		{
			as: 'id',
			field: {
				displayName: 'Sales Order ID',
				name: 'order_id',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9005',
				description: 'Only payments for this sales order; the ID, not the number people see',
			},
		},
	],
});
