import { findAll } from '../../operations/find';
import { oncePerValue } from '../../transport/oncePerValue';
import type { ListedSku } from './skuIndex';
import { sku } from './sku';

/** GET /skus?filter[ean], once for each EAN of an execution; only the EAN itself counts. @throws NodeApiError */
export const skusWithEan = oncePerValue(async (uphance, ean) => {
	const skus: ListedSku[] = [];
	for await (const found of findAll(uphance, sku.kind, { filter: 'filter[ean]', field: 'ean' }, ean)) {
		const { id, product_id, variation_id, product_name, color, size, sku_number } = found;
		skus.push({
			sku_id: id,
			product_id,
			variation_id,
			product_name,
			color,
			size,
			sku_number: String(sku_number ?? ''),
			ean,
		});
	}
	return skus;
});
