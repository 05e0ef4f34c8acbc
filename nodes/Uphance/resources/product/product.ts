import type { Findable } from '../../parameters/findable';

/** uphance-api.md 4.4 */
export const product: Findable = {
	kind: {
		path: '/products',
		listKey: 'products',
		key: 'product',
		singular: 'product',
		plural: 'products',
		example: '6409',
	},
	label: 'Product',
	search: 'searchProducts',
	lookups: [
		{
			mode: {
				displayName: 'By Product Identifier',
				name: 'product_identifier',
				placeholder: 'e.g. AW24-AAM',
				hint: 'The style number, not the ID',
			},
			words: 'product identifier',
			filter: 'filter[product_identifier]',
			field: 'product_identifier',
		},
	],
	named: ({ name, product_identifier }) => `${String(name)} (${String(product_identifier)})`,
};
