import { readableResource } from '../../operations/readableResource';
import { productLookup as findable } from './product';
import { productRows } from './rows';
import { simplifiedProduct } from './simplify';

/** uphance-api.md 4.4 */
export const product = readableResource({
	option: { name: 'Product', value: 'product', description: 'Styles with their colors, sizes, prices and stock' },
	lookup: findable,
	idParameter: 'productId',
	simplify: simplifiedProduct,
	itemPer: productRows,
	newestFirst: false,
	label: ({ product_identifier, name, category }) => [product_identifier, name, category],
	filters: [
		{
			queryName: 'filter[product_identifier]',
			field: {
				displayName: 'Product Identifier',
				name: 'product_identifier',
				type: 'string',
				default: '',
				placeholder: 'e.g. AW24-AAM',
				description: 'The style number that people see, not the ID',
			},
		},
	],
});
