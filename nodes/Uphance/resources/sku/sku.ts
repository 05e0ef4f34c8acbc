import type { FilterLookup, LookupConfig } from '../../parameters/locator';
import { otherZeros } from './barcode';

export const byEan: FilterLookup = {
	mode: { displayName: 'By EAN', name: 'ean', placeholder: 'e.g. 5000006409017', hint: 'The barcode' },
	label: 'EAN',
	filter: 'filter[ean]',
	field: 'ean',
	otherForm: otherZeros,
};

/** The only known way to find a SKU: the list with the filter for EANs (docs/uphance.openapi.yaml: GET /skus). */
export const skuLookup: LookupConfig = {
	recordType: {
		path: '/skus',
		listKey: 'skus',
		singularKey: 'sku',
		singular: 'SKU',
		plural: 'SKUs',
		example: '5000006409017',
	},
	label: 'SKU',
	listSearchMethod: 'searchSkus',
	noIdLookup: true,
	lookups: [byEan],
	describe: ({ product_name, color, size }) => [product_name, color, size].filter(Boolean).join(' '),
};
