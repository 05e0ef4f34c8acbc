import type { IDataObject } from 'n8n-workflow';
import { records } from '../../output/values';
import { oncePerExecution } from '../../transport/memoize';
import { pages } from '../../transport/pagination';
import { product } from '../product/product';

/** A SKU as far as rows are identified by it. */
export interface ListedSku {
	sku_id: unknown;
	product_id: unknown;
	variation_id: unknown;
	product_name: unknown;
	color: unknown;
	size: unknown;
	sku_number: string;
	ean: string;
}

/** The SKUs of a product, each with the ids that an order wants (uphance-api.md 4.4). */
export const skusIn = ({ id, name, variations }: IDataObject): ListedSku[] =>
	records(variations).flatMap((variation) =>
		records(variation.skus).map((sku) => ({
			sku_id: sku.id,
			product_id: id,
			variation_id: variation.id,
			product_name: name,
			color: variation.color ?? sku.color,
			size: sku.size,
			sku_number: String(sku.sku_number ?? '').trim(),
			ean: String(sku.ean ?? '').trim(),
		})),
	);

/** All SKUs of the organisation by what identifies them; of the product list nothing else is kept. @throws NodeApiError */
export const listedSkus = oncePerExecution(async (uphance) => {
	const byNumber = new Map<string, ListedSku[]>();
	const byEan = new Map<string, ListedSku[]>();
	const byId = new Map<string, ListedSku[]>();
	for await (const page of pages(uphance, product.kind, {})) {
		for (const sku of page.flatMap(skusIn)) {
			add(byNumber, sku.sku_number, sku);
			add(byEan, sku.ean, sku);
			add(byId, String(sku.sku_id ?? ''), sku);
		}
	}
	return { byNumber, byEan, byId };
});

function add(index: Map<string, ListedSku[]>, key: string, sku: ListedSku): void {
	if (key === '') return;
	const known = index.get(key);
	if (known) known.push(sku);
	else index.set(key, [sku]);
}
