import type { IDataObject } from 'n8n-workflow';
import type { RowModes } from '../../output/itemPer';
import { toNumber, toJoinKey, toArray, orNull, toRecords, sumOf } from '../../output/values';

/** Rows of a product with its `variations` and their `skus` (uphance-api.md 4.4; the fields: users.md B1). */
export const productRows: RowModes = {
	line: {
		name: 'Color',
		description: () => 'One item for each color, with its sizes and the sums of their stock',
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
		description: () => 'One item for each color and size, with its barcode and stock',
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
