import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { findByField } from '../../operations/find';
import { listFinder } from '../../operations/listFinder';
import type { SearchableList } from '../../operations/listReading';
import { toRecords } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { readBothEnds } from '../../transport/pagination';
import { productLookup } from '../product/product';
import { byEan, skuLookup } from './sku';

/** The part of a SKU that identifies it, and its IDs. */
export interface SkuRecord {
	sku_id: IDataObject[string];
	product_id: IDataObject[string];
	variation_id: IDataObject[string];
	product_name: IDataObject[string];
	color: IDataObject[string];
	size: IDataObject[string];
	/** '' if Uphance has none. */
	sku_number: string;
	/** '' if Uphance has none. */
	ean: string;
}

/** Returns whether a value can be an ID. */
const isId = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string';

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

type SkuText = 'sku_id' | 'sku_number' | 'ean';

/** The SKUs in the list of products, by the values for which it has no filter (docs/uphance.openapi.yaml: GET /products). */
export const skusInProducts: SearchableList<SkuRecord, SkuText> = {
	recordType: productLookup.recordType,
	entries: extractSkus,
	texts: {
		sku_id: ({ sku_id }) => [toComparable(sku_id)],
		sku_number: ({ sku_number }) => [sku_number.toLowerCase()],
		ean: ({ ean }) => [ean],
	},
};

/**
 * Returns whether one of the newest SKUs matches. It may be a new size of an old product, which is not on the last pages
 * of the list of products.
 */
async function isNewSku(client: UphanceClient, matches: (sku: IDataObject) => boolean): Promise<boolean> {
	const newest = await client.cached('newest SKUs', async () => await readBothEnds(client, skuLookup.recordType));
	return newest.some(matches);
}

/**
 * Returns the SKU with an ID, or [] if there is none. No request for a SKU by its ID is known, so the list of products
 * has to tell (docs/uphance.openapi.yaml: GET /skus).
 *
 * @throws NodeApiError if a request fails
 */
export async function findSkusById(client: UphanceClient, id: number): Promise<SkuRecord[]> {
	const products = await listFinder(client, skusInProducts);
	const text = String(id);
	return await products.find('sku_id', text, async () => await isNewSku(client, (sku) => String(sku.id) === text));
}

/**
 * Returns the SKUs with a SKU number. Upper and lower case make a difference only between SKUs that differ in nothing
 * else.
 *
 * @throws NodeApiError if a request fails
 */
export async function findSkusByNumber(client: UphanceClient, number: string): Promise<SkuRecord[]> {
	const products = await listFinder(client, skusInProducts);
	const text = number.toLowerCase();
	const isNew = async () => await isNewSku(client, ({ sku_number }) => toComparable(sku_number).toLowerCase() === text);
	const found = await products.find('sku_number', text, isNew);
	const exact = found.filter(({ sku_number }) => sku_number === number);
	return exact.length > 0 ? exact : found;
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
