import type { LookupConfig } from '../../parameters/locator';

/** uphance-api.md 4.12 */
export const paymentLookup: LookupConfig = {
	recordType: {
		path: '/payments',
		listKey: 'payments',
		singularKey: 'payment',
		singular: 'payment',
		plural: 'payments',
		example: '70732',
	},
	label: 'Payment',
	listSearchMethod: 'searchPayments',
	lookups: [],
	describe: ({ id }) => `payment ${String(id)}`,
};
