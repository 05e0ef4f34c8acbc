import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { listFinder } from '../../operations/listFinder';
import type { SearchableList } from '../../operations/listReading';
import { toRecords } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { readBothEnds } from '../../transport/pagination';
import { productLookup } from '../product/product';
import { skuLookup } from './sku';

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
