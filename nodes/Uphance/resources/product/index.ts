import type { IDataObject } from 'n8n-workflow';
import { listOf, orNull, records, sum } from '../../operation/plainValues';
import { readable } from '../../operation/readable';

/** users.md B2; stock is the sum over all colors and sizes. */
function simplify(product: IDataObject): IDataObject {
	const variations = records(product.variations);
	const skus = variations.flatMap((variation) => records(variation.skus));
	return {
		id: orNull(product.id),
		product_identifier: orNull(product.product_identifier),
		name: orNull(product.name),
		category: orNull(product.category),
		season_id: listOf(product.season_id),
		image_url: orNull(product.image_url),
		not_for_sale: orNull(product.not_for_sale),
		colors: variations.map(({ color }) => orNull(color)),
		in_stock: sum(skus.map(({ in_stock }) => in_stock)),
		available_to_sell: sum(skus.map(({ available_to_sell }) => available_to_sell)),
	};
}

/** uphance-api.md 4.4 */
export const product = readable({
	option: { name: 'Product', value: 'product', description: 'Styles with their colors, sizes, prices and stock' },
	findable: {
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
	},
	idParameter: 'productId',
	simplify,
	newestFirst: false,
	label: ({ product_identifier, name, category }) => [product_identifier, name, category],
	filters: [
		{
			sends: 'filter[product_identifier]',
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
