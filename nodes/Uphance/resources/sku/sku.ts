import type { Findable } from '../../parameters/findable';

/** One is found by its EAN in the list: no other way is known (uphance-api.md 4.5). */
export const sku: Findable = {
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
};
