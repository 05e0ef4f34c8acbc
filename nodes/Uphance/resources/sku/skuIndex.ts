import type { IDataObject } from 'n8n-workflow';
import { findByField } from '../../operations/find';
import { toComparable } from '../../http/text';
import { toRecords } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { paginate } from '../../transport/pagination';
import { productLookup } from '../product/product';
import { byEan, skuLookup } from './sku';

/** A SKU as far as rows are identified by it. */
export interface SkuRecord {
	sku_id: unknown;
	product_id: unknown;
	variation_id: unknown;
	product_name: unknown;
	color: unknown;
	size: unknown;
	sku_number: string;
	ean: string;
}

export interface SkuIndex {
	byNumber: Map<string, SkuRecord[]>;
	byEan: Map<string, SkuRecord[]>;
	byId: Map<string, SkuRecord[]>;
}

/** The SKUs of a product, each with the ids that an order wants (uphance-api.md 4.4). */
export const extractSkus = ({ id, name, variations }: IDataObject): SkuRecord[] =>
	toRecords(variations).flatMap((variation) =>
		toRecords(variation.skus).map((sku) => ({
			sku_id: sku.id,
			product_id: id,
			variation_id: variation.id,
			product_name: name,
			color: variation.color ?? sku.color,
			size: sku.size,
			sku_number: toComparable(sku.sku_number),
			ean: toComparable(sku.ean),
		})),
	);

/** All SKUs of the organisation by what identifies them; of the product list nothing else is kept. @throws NodeApiError */
export const loadSkuIndex = async (client: UphanceClient): Promise<SkuIndex> =>
	await client.cached('sku index', async () => await readSkuIndex(client));

async function readSkuIndex(client: UphanceClient): Promise<SkuIndex> {
	const byNumber = new Map<string, SkuRecord[]>();
	const byEan = new Map<string, SkuRecord[]>();
	const byId = new Map<string, SkuRecord[]>();
	for await (const page of paginate(client, productLookup.recordType, {})) {
		for (const sku of page.flatMap(extractSkus)) {
			add(byNumber, sku.sku_number, sku);
			add(byEan, sku.ean, sku);
			add(byId, String(sku.sku_id ?? ''), sku);
		}
	}
	return { byNumber, byEan, byId };
}

function add(index: Map<string, SkuRecord[]>, key: string, sku: SkuRecord): void {
	if (key === '') return;
	const skus = index.get(key);
	if (skus) skus.push(sku);
	else index.set(key, [sku]);
}

/** GET /skus?filter[ean], once for each EAN of an execution; only the EAN itself counts. @throws NodeApiError */
export const fetchSkusByEan = async (client: UphanceClient, ean: string): Promise<SkuRecord[]> =>
	await client.cached(`skus with EAN ${ean}`, async () => await readSkusByEan(client, ean));

async function readSkusByEan(client: UphanceClient, ean: string): Promise<SkuRecord[]> {
	const skus: SkuRecord[] = [];
	for await (const found of findByField(client, skuLookup.recordType, byEan, ean)) {
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
}
