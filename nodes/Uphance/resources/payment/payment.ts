import type { LookupConfig } from '../../parameters/locator';

/** Describes payments (docs/uphance.openapi.yaml: GET /payments). */
export const paymentLookup: LookupConfig = {
	recordType: {
		path: '/payments',
		listKey: 'payments',
		singularKey: 'payment',
		singular: 'payment',
		plural: 'payments',
		supportsSinceId: true,
		example: '70732',
	},
	label: 'Payment',
	listSearchMethod: 'searchPayments',
	lookups: [],
	describe: ({ id }) => `payment ${String(id)}`,
};
