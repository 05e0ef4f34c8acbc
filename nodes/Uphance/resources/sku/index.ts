import { readableResource } from '../../operations/readableResource';
import { skuLookup } from './sku';

/** One is got through the list, by its EAN: no other way is known (uphance-api.md 4.5). */
export const sku = readableResource({
	option: { name: 'SKU', value: 'sku', description: 'One size of one color of a product' },
	lookup: skuLookup,
	idParameter: 'skuId',
	newestFirst: false,
	label: ({ product_name, color, size, sku_number, ean }) => [
		[product_name, color, size].filter(Boolean).join(' '),
		sku_number,
		ean,
	],
	filters: [
		{
			queryName: 'filter[ean]',
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
