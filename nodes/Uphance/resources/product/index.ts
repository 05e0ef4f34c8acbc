import type { IDataObject } from 'n8n-workflow';
import { readableResource } from '../../operations/readableResource';
import type { RowModes } from '../../output/rows';
import { orNull, sumOf, toArray, toJoinKey, toNumber, toRecords } from '../../output/values';
import { byProductIdentifier, productLookup } from './product';

/** Returns the ten fields of a product that the next node usually needs. Stock is the sum over all colors and sizes. */
function simplifiedProduct(product: IDataObject): IDataObject {
	const variations = toRecords(product.variations);
	const skus = variations.flatMap((variation) => toRecords(variation.skus));
	return {
		id: orNull(product.id),
		product_identifier: orNull(product.product_identifier),
		name: orNull(product.name),
		category: orNull(product.category),
		season_id: toArray(product.season_id),
		image_url: orNull(product.image_url),
		not_for_sale: orNull(product.not_for_sale),
		colors: variations.map(({ color }) => orNull(color)),
		in_stock: sumOf(skus, 'in_stock'),
		available_to_sell: sumOf(skus, 'available_to_sell'),
	};
}

/** Splits a product into its `variations` or their `skus` (docs/uphance.openapi.yaml: components/schemas/Product). */
const productRows: RowModes = {
	line: {
		name: 'Color',
		singular: 'color',
		plural: 'colors',
		description: () => 'One item per color, with its sizes and the sum of their stock',
		rows: (product) =>
			toRecords(product.variations).map((variation) => {
				const skus = toRecords(variation.skus);
				const item = {
					...productFields(product),
					image_url: orNull(product.image_url),
					...colorFields(variation),
					prices: orNull(variation.prices),
					sizes: skus.map(({ size }) => orNull(size)),
					in_stock: sumOf(skus, 'in_stock'),
					available_to_sell: sumOf(skus, 'available_to_sell'),
					available_to_sell_from_stock: sumOf(skus, 'available_to_sell_from_stock'),
				};
				return { json: item, sources: [variation, product] };
			}),
	},
	sku: {
		name: 'SKU',
		singular: 'SKU',
		plural: 'SKUs',
		description: () => 'One item per color and size, with its barcode and stock',
		rows: (product) =>
			toRecords(product.variations).flatMap((variation) =>
				toRecords(variation.skus).map((sku) => {
					const item = {
						...productFields(product),
						...colorFields(variation),
						sku_id: orNull(sku.id),
						sku_number: toJoinKey(sku.sku_number),
						ean: toJoinKey(sku.ean),
						size: orNull(sku.size),
						in_stock: toNumber(sku.in_stock),
						available_to_sell: toNumber(sku.available_to_sell),
						available_to_sell_from_stock: toNumber(sku.available_to_sell_from_stock),
						prices: orNull(variation.prices),
					};
					return { json: item, sources: [sku, variation, product] };
				}),
			),
	},
};

const productFields = (product: IDataObject): IDataObject => ({
	product_id: orNull(product.id),
	product_identifier: orNull(product.product_identifier),
	name: orNull(product.name),
	category: orNull(product.category),
	season_id: toArray(product.season_id),
});

const colorFields = (variation: IDataObject): IDataObject => ({
	variation_id: orNull(variation.id),
	color: orNull(variation.color),
});

/** The resource Product. */
export const product = readableResource({
	option: { name: 'Product', value: 'product', description: 'Styles with their colors, sizes, prices and stock' },
	lookup: productLookup,
	idParameter: 'productId',
	simplify: simplifiedProduct,
	itemPer: productRows,
	newestFirst: false,
	label: ({ product_identifier, name, category }) => [product_identifier, name, category],
	filters: [
		{
			queryName: byProductIdentifier.filter,
			recordFields: [byProductIdentifier.field],
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
