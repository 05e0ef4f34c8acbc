import type { FilterLookup, LookupConfig } from '../../parameters/locator';

/**
 * Returns a barcode with the other number of leading zeros in which it is often written, or undefined if there is none. A
 * UPC of 12 digits is an EAN of 13 with a zero before it, and spreadsheets remove zeros at the start of a number.
 */
function otherZeros(barcode: string): string | undefined {
	if (!/^\d{6,14}$/.test(barcode)) return undefined;
	if (barcode.length > 12) return barcode.startsWith('0') ? barcode.slice(1) : undefined;
	return barcode.length < 12 ? barcode.padStart(12, '0') : `0${barcode}`;
}

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
