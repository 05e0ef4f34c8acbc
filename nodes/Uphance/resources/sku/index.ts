import { readable } from '../../operation/readable';

/** One is got through the list, by its EAN: no other way is known (uphance-api.md 4.5). */
export const sku = readable({
	option: { name: 'SKU', value: 'sku', description: 'One size of one color of a product' },
	findable: {
		kind: { path: '/skus', listKey: 'skus', key: 'sku', singular: 'SKU', plural: 'SKUs', example: '5000006409017' },
		label: 'SKU',
		search: 'searchSkus',
		withoutId: true,
		lookups: [
			{
				mode: { displayName: 'By EAN', name: 'ean', placeholder: 'e.g. 5000006409017', hint: 'The barcode' },
				words: 'EAN',
				filter: 'filter[ean]',
				field: 'ean',
			},
		],
		named: ({ product_name, color, size }) => [product_name, color, size].filter(Boolean).join(' '),
	},
	idParameter: 'skuId',
	newestFirst: false,
	label: ({ product_name, color, size, sku_number, ean }) => [
		[product_name, color, size].filter(Boolean).join(' '),
		sku_number,
		ean,
	],
	filters: [
		{
			sends: 'filter[ean]',
			field: {
				displayName: 'EAN',
				name: 'ean',
				type: 'string',
				default: '',
				placeholder: 'e.g. 5000006409017',
				description: 'The barcode',
			},
		},
	],
});
