import { findByField } from '../../operations/find';
import { memoizeByKey } from '../../transport/oncePerValue';
import type { SkuRecord } from './skuIndex';
import { skuLookup } from './sku';

/** GET /skus?filter[ean], once for each EAN of an execution; only the EAN itself counts. @throws NodeApiError */
export const fetchSkusByEan = memoizeByKey(async (client, ean) => {
	const skus: SkuRecord[] = [];
	for await (const found of findByField(client, skuLookup.recordType, { filter: 'filter[ean]', field: 'ean' }, ean)) {
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
