import type { FilterLookup, LookupConfig } from '../../parameters/locator';

/** The look-up by style number, which rows with a style use too. */
export const byProductIdentifier: FilterLookup = {
	mode: {
		displayName: 'By Product Identifier',
		name: 'product_identifier',
		placeholder: 'e.g. AW24-AAM',
		hint: 'The style number, not the ID',
	},
	label: 'product identifier',
	filter: 'filter[product_identifier]',
	field: 'product_identifier',
};

/** The ways to find a product (docs/uphance.openapi.yaml: GET /products). */
export const productLookup: LookupConfig = {
	recordType: {
		path: '/products',
		listKey: 'products',
		singularKey: 'product',
		singular: 'product',
		plural: 'products',
		example: '6409',
	},
	label: 'Product',
	listSearchMethod: 'searchProducts',
	lookups: [byProductIdentifier],
	describe: ({ name, product_identifier }) => `${String(name)} (${String(product_identifier)})`,
};
