import { isDataObject } from '../../http/json';
import type { IDataObject } from 'n8n-workflow';
import { findByField } from '../../operations/find';
import { equalsIgnoringCase } from '../../output/values';
import type { RowMessages } from '../../parameters/cells';
import type { UphanceClient } from '../../transport/client';
import { productLookup } from '../product/product';
import { ambiguousSkuError, skuIdUnknownError, skuNotFoundError, variantNotFoundError } from './errors';
import type { SkuReference } from './skuReference';
import { parseSkuReferences } from './skuReference';
import type { SkuBy } from './skuFields';
import type { SkuRecord } from './skuIndex';
import { extractSkus, fetchSkusByEan, loadSkuIndex } from './skuIndex';

/** The ids of a SKU as somebody would have typed them. */
const ids = ['product_id', 'variation_id', 'sku_id'] as const;

/**
 * Rows with the ids of the SKUs that they name otherwise, as if the ids had been typed.
 *
 * @param withProduct whether the ids of product and variation are wanted too
 * @throws UserError that names the row when there is no such SKU, or more than one; NodeApiError
 */
export async function resolveSkuIds(
	client: UphanceClient,
	list: unknown[],
	by: Exclude<SkuBy, 'sku_id'>,
	messages: RowMessages,
	withProduct: boolean,
): Promise<unknown[]> {
	const rows = [...list];
	for (const reference of parseSkuReferences(list, by, messages)) {
		const row = rows[reference.index];
		const sku = await resolveOne(client, reference, messages, withProduct);
		if (isDataObject(row)) rows[reference.index] = setIds(row, sku);
	}
	return rows;
}

/** What a row says of ids itself may be those of a shop: they make way, also where nothing is known instead. */
const setIds = (row: IDataObject, sku: SkuRecord): IDataObject => ({
	...row,
	...Object.fromEntries(ids.map((name) => [name, isId(sku[name]) ? sku[name] : ''])),
});

const isId = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string';

async function resolveOne(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuRecord> {
	const [sku, ...others] = await findSkus(client, reference, messages, withProduct);
	if (!sku) throw await skuNotFoundError(client, reference, messages);
	if (others.length > 0) throw ambiguousSkuError([sku, ...others], reference, messages);
	if (!isId(sku.sku_id)) throw skuIdUnknownError(reference, messages);
	return sku;
}

async function findSkus(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
	withProduct: boolean,
): Promise<SkuRecord[]> {
	switch (reference.by) {
		case 'ean':
			return await findByEan(client, reference.ean, withProduct);
		case 'sku_number':
			return (await loadSkuIndex(client)).byNumber.get(reference.number) ?? [];
		case 'product_identifier': {
			const skus = await fetchSkusByStyle(client, reference.style);
			const hits = skus?.filter(
				({ color, size }) => equalsIgnoringCase(color, reference.color) && equalsIgnoringCase(size, reference.size),
			);
			if (skus && hits?.length === 0) throw variantNotFoundError(client, skus, reference, messages);
			return hits ?? [];
		}
	}
}

/** Which ids the list of SKUs has is unknown (uphance-api.md 4.5): what is missing, the product list has. */
async function findByEan(client: UphanceClient, ean: string, withProduct: boolean): Promise<SkuRecord[]> {
	const skus = await fetchSkusByEan(client, ean);
	const [sku] = skus;
	if (!sku || skus.length > 1) return skus;
	if (isId(sku.sku_id) && (!withProduct || (isId(sku.product_id) && isId(sku.variation_id)))) return skus;
	const listed = await loadSkuIndex(client);
	return (isId(sku.sku_id) ? listed.byId.get(String(sku.sku_id)) : listed.byEan.get(ean)) ?? skus;
}

/** The SKUs of all products with this identifier; undefined when there is no such product. */
async function fetchSkusByStyle(client: UphanceClient, identifier: string): Promise<SkuRecord[] | undefined> {
	return await client.cached(`skus of style ${identifier}`, async () => {
		const skus: SkuRecord[] = [];
		let isKnown = false;
		const filter = { filter: 'filter[product_identifier]', field: 'product_identifier' };
		for await (const product of findByField(client, productLookup.recordType, filter, identifier)) {
			isKnown = true;
			skus.push(...extractSkus(product));
		}
		return isKnown ? skus : undefined;
	});
}
