import type { Resource } from '../../operations/operation';
import { readableResource } from '../../operations/readableResource';
import { searchSkusInProducts } from './searchSkus';
import { skuLookup } from './sku';
import { skuListMethod } from './skuFields';

const readable = readableResource({
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

/** The resource SKU. No request for a SKU by its ID is known (docs/uphance.openapi.yaml: GET /skus). */
export const sku: Resource = {
	...readable,
	listSearch: { ...readable.listSearch, [skuListMethod]: searchSkusInProducts },
};
