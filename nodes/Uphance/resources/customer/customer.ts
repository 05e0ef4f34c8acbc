import type { Findable } from '../../operation/findable';

/** uphance-api.md 4.6 */
export const customer: Findable = {
	kind: {
		path: '/customers',
		listKey: 'customers',
		key: 'customer',
		singular: 'customer',
		plural: 'customers',
		example: '55140',
	},
	label: 'Customer',
	search: 'searchCustomers',
	lookups: [],
	named: ({ name }) => String(name),
};
