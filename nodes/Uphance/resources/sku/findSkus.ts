import type { IDataObject } from 'n8n-workflow';
import { listFinder } from '../../operations/listFinder';
import type { SearchableList } from '../../operations/listReading';
import { toComparable } from '../../http/text';
import { findByField } from '../../operations/find';
import { toRecords } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { readBothEnds } from '../../transport/pagination';
import { productLookup } from '../product/product';
import { byEan, skuLookup } from './sku';

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

/** Returns whether a value can be an ID. */
export const isId = (value: unknown): value is number | string =>
	typeof value === 'number' || typeof value === 'string';

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
			sku_number: toComparable(sku.sku_number),
			ean: toComparable(sku.ean),
		})),
	);

/** The SKUs in the list of products, by the values for which it has no filter (docs/uphance.openapi.yaml: GET /products). */
export const skusInProducts: SearchableList<SkuRecord, 'sku_number' | 'ean'> = {
	recordType: productLookup.recordType,
	entries: extractSkus,
	texts: { sku_number: ({ sku_number }) => [sku_number], ean: ({ ean }) => [ean] },
};

/**
 * Returns whether one of the newest SKUs has a number. It may be a new size of an old product, which is not on the last
 * pages of the list of products.
 */
async function isNewSkuNumber(client: UphanceClient, number: string): Promise<boolean> {
	const newest = await client.cached('newest SKUs', async () => await readBothEnds(client, skuLookup.recordType));
	return newest.some(({ sku_number }) => toComparable(sku_number) === number);
}

/**
 * Returns the SKUs with a SKU number.
 *
 * @throws NodeApiError if a request fails
 */
export async function findSkusByNumber(client: UphanceClient, number: string): Promise<SkuRecord[]> {
	const products = await listFinder(client, skusInProducts);
	return await products.find('sku_number', number, async () => await isNewSkuNumber(client, number));
}

/**
 * Returns the SKUs with an EAN. Takes IDs that GET /skus does not return from the product list.
 *
 * @param withProduct whether the IDs of product and variation are needed too
 * @throws NodeApiError if a request fails
 */
export const findSkusByEan = async (client: UphanceClient, ean: string, withProduct: boolean): Promise<SkuRecord[]> =>
	await client.cached(`SKUs with EAN ${ean}`, async () => await readSkusByEan(client, ean, withProduct));

async function readSkusByEan(client: UphanceClient, ean: string, withProduct: boolean): Promise<SkuRecord[]> {
	const products = await listFinder(client, skusInProducts);
	const known = await products.findKnown('ean', ean);
	if (known.length > 0) return known;
	const skus = await filterSkusByEan(client, ean);
	const [sku] = skus;
	if (!sku || skus.length > 1) return skus;
	products.remember('ean', ean, sku.product_id);
	if (isId(sku.sku_id) && (!withProduct || (isId(sku.product_id) && isId(sku.variation_id)))) return skus;
	const inProducts = await products.find('ean', ean, async () => true);
	const same = inProducts.filter(({ sku_id }) => !isId(sku.sku_id) || String(sku_id) === String(sku.sku_id));
	return same.length > 0 ? same : skus;
}

/** Returns the SKUs with an EAN, by the filter of the list (docs/uphance.openapi.yaml: GET /skus). */
async function filterSkusByEan(client: UphanceClient, ean: string): Promise<SkuRecord[]> {
	const skus: SkuRecord[] = [];
	for await (const sku of findByField(client, skuLookup.recordType, byEan, ean)) {
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
