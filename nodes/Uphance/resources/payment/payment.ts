import type { Findable } from '../../parameters/findable';

/** uphance-api.md 4.12 */
export const payment: Findable = {
	kind: {
		path: '/payments',
		listKey: 'payments',
		key: 'payment',
		singular: 'payment',
		plural: 'payments',
		example: '70732',
	},
	label: 'Payment',
	search: 'searchPayments',
	lookups: [],
	named: ({ id }) => `payment ${String(id)}`,
};
