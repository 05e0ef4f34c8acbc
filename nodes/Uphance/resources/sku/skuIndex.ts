import type { IDataObject } from 'n8n-workflow';
import { findByField } from '../../operations/lookup';
import { toRecords } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { paginate } from '../../transport/pagination';
import { productLookup } from '../product/product';
import { skuLookup } from './sku';

/** The part of a SKU that identifies it, and its IDs. */
export interface SkuRecord {
	sku_id: unknown;
	product_id: unknown;
	variation_id: unknown;
	product_name: unknown;
	color: unknown;
	size: unknown;
	/** '' if Uphance has none. */
	sku_number: string;
	/** '' if Uphance has none. */
	ean: string;
}

/** The SKUs of an organisation, by the values that identify them. */
export interface SkuIndex {
	byNumber: Map<string, SkuRecord[]>;
	byEan: Map<string, SkuRecord[]>;
	byId: Map<string, SkuRecord[]>;
}

/** Returns the SKUs of a product, with the IDs that a line item needs (docs/uphance.openapi.yaml: GET /products). */
export const extractSkus = ({ id, name, variations }: IDataObject): SkuRecord[] =>
	toRecords(variations).flatMap((variation) =>
		toRecords(variation.skus).map((sku) => ({
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

/**
 * Returns all SKUs of the organisation, indexed by the values that identify them. Reads the product list once per
 * execution and organisation. Keeps only the fields of `SkuRecord`, to save memory.
 *
 * @throws NodeApiError if a request fails
 */
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

/**
 * Returns the SKUs with an EAN, by the filter of the list (docs/uphance.openapi.yaml: GET /skus). Sends one request per
 * EAN and execution.
 *
 * @throws NodeApiError if a request fails
 */
export const fetchSkusByEan = async (client: UphanceClient, ean: string): Promise<SkuRecord[]> =>
	await client.cached(`skus with EAN ${ean}`, async () => await readSkusByEan(client, ean));

async function readSkusByEan(client: UphanceClient, ean: string): Promise<SkuRecord[]> {
	const skus: SkuRecord[] = [];
	for await (const sku of findByField(client, skuLookup.recordType, { filter: 'filter[ean]', field: 'ean' }, ean)) {
		const { id, product_id, variation_id, product_name, color, size, sku_number } = sku;
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
