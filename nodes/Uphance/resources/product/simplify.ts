import type { IDataObject } from 'n8n-workflow';
import { toArray, orNull, toRecords, sumOf } from '../../output/values';

/** users.md B2; stock is the sum over all colors and sizes. */
export function simplifiedProduct(product: IDataObject): IDataObject {
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
