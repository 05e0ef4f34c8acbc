import type { IDataObject } from 'n8n-workflow';
import type { ItemPer } from '../../output/itemPer';
import { amount, joinText, listOf, orNull, records, sumOf } from '../../output/values';

/** Rows of a product with its `variations` and their `skus` (uphance-api.md 4.4; the fields: users.md B1). */
export const productRows: ItemPer = {
	line: {
		name: 'Color',
		description: () => 'One item for each color, with its sizes and the sums of their stock',
		rows: (product) =>
			records(product.variations).map((variation) => {
				const skus = records(variation.skus);
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
				return { item, from: [variation, product] };
			}),
	},
	sku: {
		name: 'SKU',
		description: () => 'One item for each color and size, with its barcode and stock',
		rows: (product) =>
			records(product.variations).flatMap((variation) =>
				records(variation.skus).map((sku) => {
					const item = {
						...productFields(product),
						...colorFields(variation),
						sku_id: orNull(sku.id),
						sku_number: joinText(sku.sku_number),
						ean: joinText(sku.ean),
						size: orNull(sku.size),
						in_stock: amount(sku.in_stock),
						available_to_sell: amount(sku.available_to_sell),
						available_to_sell_from_stock: amount(sku.available_to_sell_from_stock),
						prices: orNull(variation.prices),
					};
					return { item, from: [sku, variation, product] };
				}),
			),
	},
};

const productFields = (product: IDataObject): IDataObject => ({
	product_id: orNull(product.id),
	product_identifier: orNull(product.product_identifier),
	name: orNull(product.name),
	category: orNull(product.category),
	season_id: listOf(product.season_id),
});

const colorFields = (variation: IDataObject): IDataObject => ({
	variation_id: orNull(variation.id),
	color: orNull(variation.color),
});
