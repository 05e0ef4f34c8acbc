import { listSearch } from '../../methods/listSearch';
import type { ListSearch, Resource } from '../../operations/operation';
import { readableResource } from '../../operations/readableResource';
import { productLookup } from '../product/product';
import { extractSkus } from './findSkus';
import { findRecordsByEan } from './findSkusByEan';
import { byEan, skuLookup } from './sku';
import { skuListMethod } from './skuFields';

/** So many SKUs come at a time. n8n draws all of them, and a page of products can have thousands. */
const skusPerCall = 200;

const searchProducts = listSearch({
	recordType: productLookup.recordType,
	entries: (product) => extractSkus(product).map((sku) => ({ ...sku, product_identifier: product.product_identifier })),
	label: (sku) => [skuLookup.describe(sku), sku.sku_number, sku.ean],
	newestFirst: true,
	value: 'sku_id',
	searchedValues: ({ product_identifier, sku_id }) => [product_identifier, sku_id],
});

/**
 * Fills the list of a row's SKU with the SKUs of all products, by their IDs. The list of SKUs is not read, because it is
 * not known to contain IDs (docs/uphance.openapi.yaml: GET /skus). The pagination token is that of the list of products,
 * after how many SKUs of its page came before.
 *
 * @throws NodeApiError or UserError if a request fails
 */
const searchSkusInProducts: ListSearch = async function (filter, paginationToken = '', limits) {
	const [, start = '0', page] = /^(\d+) (.*)$/.exec(paginationToken) ?? [];
	const { results, paginationToken: nextPage } = await searchProducts.call(this, filter, page, limits);
	const end = Number(start) + skusPerCall;
	const hasMore = end < results.length;
	return {
		results: results.slice(Number(start), end),
		paginationToken: hasMore ? `${end} ${page ?? ''}` : nextPage && `0 ${String(nextPage)}`,
	};
};

const readable = readableResource({
	option: { name: 'SKU', value: 'sku', description: 'One size of one color of a product' },
	lookup: { ...skuLookup, lookups: [{ ...byEan, find: findRecordsByEan }] },
	idParameter: 'skuId',
	newestFirst: false,
	label: ({ product_name, color, size, sku_number, ean }) => [
		[product_name, color, size].filter(Boolean).join(' '),
		sku_number,
		ean,
	],
	filters: [
		{
			queryName: byEan.filter,
			recordFields: [byEan.field],
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
